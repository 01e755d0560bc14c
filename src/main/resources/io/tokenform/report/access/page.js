// The script of an access report. It shows the facts that stand in the page as JSON, and does nothing
// else: it sends nothing, loads nothing and stores nothing. Texts are only ever set as text, never as
// markup. Only the rows and columns that can be seen are in the page, so large tables open quickly.
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);

  // ---- The facts -------------------------------------------------------------------------------

  // A set of numbers: the steps from each to the next, or bits in Base64.
  const unpack = (packed) => {
    if (typeof packed === 'string') {
      const bytes = atob(packed);
      const all = [];
      for (let i = 0; i < bytes.length * 8; i++) {
        if (bytes.charCodeAt(i >> 3) & (1 << (i & 7))) all.push(i);
      }
      return all;
    }
    let last = 0;
    return packed.map((step) => (last += step));
  };
  const ALL = 0; // The number of *, all databases, present and future.
  const names = data.databases;
  const isGone = new Set(unpack(data.goneDatabases)); // From all clusters.
  const isNew = new Set(unpack(data.newDatabases));
  const isOdd = new Set(unpack(data.oddDatabases));

  // Sets of permissions, which many tokens share; they are unpacked when they are first needed.
  const sets = data.sets.map((packed) => ({ packed }));
  const access = (index) => {
    const set = sets[index];
    if (set.packed) {
      const [read, write, ...others] = set.packed;
      set.read = new Set(unpack(read));
      set.write = new Set(unpack(write));
      set.others = [];
      for (let i = 0; i < others.length; i += 2) {
        set.others.push({ action: others[i], database: others[i + 1] });
      }
      set.databases = new Set([...set.read, ...set.write, ...set.others.map((o) => o.database)]);
      set.packed = null;
    }
    return set;
  };

  // Since when a token has some of its permissions, and which change of which journal gave them.
  const pasts = (fields) => {
    const all = [];
    for (let i = 0; i < fields.length; i += 5) {
      const [set, since, missing, journal, deed] = fields.slice(i, i + 5);
      all.push({ set, since, missing, journal: journal < 0 ? null : data.journals[journal], deed });
    }
    return all;
  };
  // The clusters of a fleet, which several tokens share; nothing where the report is of one cluster.
  const clusters = (data.clusters || []).map(([name, labels, databases, size], index) => ({ name, labels, databases: new Set(unpack(databases)), size, index }));
  const fleet = data.clusters !== undefined;
  const clusterOf = clusters.flatMap((cluster) => Array(cluster.size).fill(cluster));
  // Whether a database is gone from a token's cluster, and whether that has it, so that * is about it.
  const isGoneFor = (token, d) => (token.cluster ? d !== ALL && !token.cluster.databases.has(d) : isGone.has(d));
  const isThere = (token, d) => !token.cluster || d === ALL || token.cluster.databases.has(d);
  const reaches = (set, d) => set.databases.has(d) || set.databases.has(ALL);
  const unexplained = (past) => past.missing && !past.journal;
  const tokens = data.tokens.map((fields, index) => {
    const [id, name, description, odd, owner, place, standing, state, until, reason, created, expires, set, beyond, below, change, gained, lost, past] = fields;
    return { id, name, description, odd, owner: owner < 0 ? '' : data.owners[owner], place, standing, state, until, reason, created, expires, set, beyond, below, change: change || '', gained, lost, past: pasts(past || []), gone: change === 'gone', cluster: clusterOf[index] };
  });
  const label = (token) => token.name || token.description || token.id;
  const second = (token) => (token.name ? token.description : token.description ? token.id : '');
  const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
  const instant = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  const days = (seconds) => Math.max(0, Math.floor((seconds - data.now) / 86400));
  const expiresSoon = (token) => token.expires && token.expires <= data.now + data.soon;
  const dangling = (token) => [...access(token.set).databases].filter((d) => isGoneFor(token, d));
  const title = (database) => (database === ALL ? 'all databases (*)' : names[database]);
  const count = (number, one, several) => number.toLocaleString('en') + ' ' + (number === 1 ? one : several);

  // How a token can use a database: through a permission on it, or through one on all.
  const how = (token, database) => {
    const set = access(token.set);
    return {
      read: set.read.has(database), write: set.write.has(database),
      readAll: database !== ALL && set.read.has(ALL) && isThere(token, database), writeAll: database !== ALL && set.write.has(ALL) && isThere(token, database),
      others: set.others.filter((o) => o.database === database || (o.database === ALL && isThere(token, database))),
    };
  };
  const can = (token, action, database) => {
    const set = access(token.set);
    const all = isThere(token, database);
    if (action === 'read') return set.read.has(database) || (all && set.read.has(ALL));
    if (action === 'write') return set.write.has(database) || (all && set.write.has(ALL));
    return can(token, 'read', database) || can(token, 'write', database) || set.others.some((o) => o.database === database || (all && o.database === ALL));
  };

  // ---- Elements --------------------------------------------------------------------------------

  // An element with attributes and children; a child that is a string becomes text.
  const el = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const key in attributes) {
      if (attributes[key] !== null && attributes[key] !== undefined) element.setAttribute(key, attributes[key]);
    }
    element.append(...children.filter((child) => child !== null && child !== ''));
    return element;
  };
  const tag = (text, kind, tip) => el('span', { class: 'tag ' + (kind || ''), title: tip || null }, text);
  const ODD = 'It hides characters or imitates others; those are shown as escapes such as \\u202e';
  const oddTag = () => el('span', { class: 'tag bad', title: ODD }, '\u26a0', el('span', { class: 'hidden' }, 'unusual characters'));

  // ---- Filters ---------------------------------------------------------------------------------

  const inputs = { text: $('f-text'), database: $('f-database'), access: $('f-access'), state: $('f-state'), owner: $('f-owner'), only: $('f-only'), change: $('f-change') };
  if (fleet) inputs.cluster = $('f-cluster');
  const options = (select, all) => select.append(...all.map(([value, text]) => el('option', { value }, text)));
  const distinct = (texts) => [...new Set(texts)].filter((text) => text).sort();
  options(inputs.access, [['', 'any or none'], ['read', 'may read'], ['write', 'may write'], ['write-name', 'may write, by name'], ['write-all', 'writes all (*)'], ['read-all', 'reads all (*)'], ['some', 'some access'], ['none', 'no access']]);
  options(inputs.state, [['', 'any'], ...distinct(tokens.filter((t) => !t.gone).map((t) => t.state)).map((s) => [s, s])]);
  options(inputs.owner, [['', 'any'], ['-', 'without an owner'], ...distinct(data.owners).map((o) => ['=' + o, o])]);
  options(inputs.only, [['', 'everything'],
    ...(data.policy ? [['unmanaged', 'not in the policy'], ['managed', 'in the policy'], ['ambiguous', 'perhaps in the policy'], ['beyond', 'may do more than the policy says'], ['below', 'may do less than the policy says']] : []),
    ['expiring', 'expires in 30 days'], ['endless', 'never expires'], ['dangling', 'names a database that is gone'], ['odd', 'unusual characters'],
    ...(data.history ? [['unexplained', 'came by no known apply']] : [])]);
  options(inputs.change, [['', 'any or none'], ['any', 'any change'], ['new', 'new'], ['gone', 'gone'], ['wider', 'wider'], ['narrower', 'narrower'], ['both', 'wider and narrower']]);
  if (fleet) {
    const labels = distinct(clusters.flatMap((c) => c.labels)).filter((l) => clusters.filter((c) => c.labels.includes(l)).length > 1);
    options(inputs.cluster, [['', 'any'], ...clusters.map((c) => [c.name, c.name]), ...labels.map((l) => [l, 'all with ' + l])]);
  }
  $('l-change').hidden = !data.since;
  $('names').append(...names.slice(1).map((name) => el('option', { value: name })));
  inputs.owner.parentElement.hidden = data.owners.length === 0;

  const hay = tokens.map((t) => [t.name, t.description, t.id, t.owner, t.place, t.reason, t.cluster ? t.cluster.name : ''].join('\n').toLowerCase());
  const lowerNames = names.map((name) => name.toLowerCase());
  let rows = []; // Indices of the tokens that are shown, in their order.
  let columns = []; // Numbers of the databases that are shown.
  let sort = { key: 'token', down: false };
  let one = -1; // The one database that is chosen, or -1.

  const matchesOnly = {
    '': () => true,
    unmanaged: (t) => t.standing === 'unmanaged',
    managed: (t) => t.standing === 'managed',
    ambiguous: (t) => t.standing === 'ambiguous',
    expiring: (t) => expiresSoon(t),
    endless: (t) => !t.expires,
    dangling: (t) => dangling(t).length > 0,
    odd: (t) => t.odd,
    beyond: (t) => access(t.beyond).databases.size > 0,
    below: (t) => access(t.below).databases.size > 0,
    unexplained: (t) => t.past.some(unexplained),
  };

  // Whether a token can do what is asked for on one of the databases that are shown.
  const matchesAccess = (token, wanted, narrowed) => {
    const set = access(token.set);
    const some = set.databases.size > 0;
    if (wanted === 'none') return !some;
    if (wanted === 'write-all') return set.write.has(ALL);
    if (wanted === 'read-all') return set.read.has(ALL);
    if (!narrowed) {
      return wanted === '' || (wanted === 'some' ? some : wanted === 'read' ? set.read.size > 0
        : wanted === 'write' ? set.write.size > 0 : [...set.write].some((d) => d !== ALL));
    }
    if (wanted === 'write-name') return columns.some((d) => d !== ALL && set.write.has(d));
    return columns.some((d) => can(token, wanted, d));
  };

  const chosen = (key) => inputs[key].value.trim();
  // Whether a cluster is one of those that are chosen: by its name, or by a label.
  let few = ''; // The choice, or nothing where all clusters are shown.
  const isChosen = (cluster) => !few || cluster.name === few || cluster.labels.includes(few);
  // The databases that the chosen clusters have, or that one of their tokens names.
  const onChosen = () => {
    const shown = new Set([ALL]);
    clusters.filter(isChosen).forEach((cluster) => cluster.databases.forEach((d) => shown.add(d)));
    tokens.filter((t) => isChosen(t.cluster)).forEach((t) => {
      access(t.set).databases.forEach((d) => shown.add(d));
      if (t.change) access(t.lost).databases.forEach((d) => shown.add(d));
    });
    return shown;
  };
  const filter = () => {
    const words = chosen('text').toLowerCase().split(/\s+/).filter((word) => word);
    const wantedName = chosen('database').toLowerCase();
    few = fleet ? chosen('cluster') : '';
    const there = few ? onChosen() : null;
    const all = names.map((name, index) => index).filter((d) => !there || there.has(d));
    const exact = all.filter((d) => lowerNames[d] === wantedName);
    columns = !wantedName ? all : exact.length ? exact : all.filter((d) => d !== ALL && lowerNames[d].includes(wantedName));
    one = wantedName && columns.length === 1 ? columns[0] : -1;
    const wanted = chosen('access'), state = chosen('state'), owner = inputs.owner.value, change = chosen('change');
    const only = matchesOnly[chosen('only')] || matchesOnly[''];
    rows = [];
    tokens.forEach((token, index) => {
      if (token.gone ? change !== 'gone' && change !== 'any' : change && change !== 'any' && token.change !== change) return;
      if (change === 'any' && !token.change) return;
      if (!isChosen(token.cluster)) return;
      if (state && token.state !== state) return;
      if (owner && (owner === '-' ? token.owner : '=' + token.owner !== owner)) return;
      if (!words.every((word) => hay[index].includes(word)) || !only(token)) return;
      if (!token.gone && !matchesAccess(token, wanted, wantedName)) return;
      rows.push(index);
    });
    order();
  };

  // ---- Sorting ---------------------------------------------------------------------------------

  const rank = (token, d) => {
    const h = how(token, d);
    return (h.write ? 8 : h.writeAll ? 4 : 0) + (h.read ? 2 : h.readAll ? 1 : 0);
  };
  const keys = {
    token: (t) => label(t).toLowerCase(), cluster: (t) => (fleet ? t.cluster.index : -1), owner: (t) => t.owner.toLowerCase() || '\uffff', policy: (t) => t.place || '\uffff' + t.standing,
    state: (t) => t.state, created: (t) => t.created || Infinity, expires: (t) => t.expires || Infinity, change: (t) => t.change || '\uffff',
    review: (t) => decision(t).choice || '\uffff',
  };
  const order = () => {
    const key = typeof sort.key === 'number' ? (t) => -rank(t, sort.key) : keys[sort.key];
    const values = new Map(rows.map((index) => [index, key(tokens[index])]));
    const sign = sort.down ? -1 : 1;
    rows.sort((a, b) => {
      const x = values.get(a), y = values.get(b);
      return x < y ? -sign : x > y ? sign : a - b;
    });
  };

  // ---- The table -------------------------------------------------------------------------------

  const table = $('table'), scroll = $('scroll');
  const ROW = 46; // The height of a row, as the style has it.
  const decisions = new Map(); // Of each token: what was decided, and a remark.
  const decision = (token) => decisions.get(token) || {};

  const expiry = (token) => {
    if (!token.expires) return ['never'];
    return [day(token.expires), expiresSoon(token) && !token.gone ? el('span', { class: 'second' }, tag('in ' + count(days(token.expires), 'day', 'days'), 'bad')) : ''];
  };
  // Where all files of the policy have a folder in common, the table leaves it out.
  const folder = (() => {
    const places = tokens.map((t) => t.place).filter((place) => place);
    if (!places.length) return 0;
    let end = places[0].lastIndexOf('/') + 1;
    while (end > 0 && !places.every((place) => place.startsWith(places[0].slice(0, end)))) end = places[0].lastIndexOf('/', end - 2) + 1;
    return end;
  })();
  const standing = (token) => {
    if (token.standing === 'unmanaged') return [tag('not in the policy', 'bad')];
    if (token.standing === 'ambiguous') return [tag('ambiguous', 'bad', 'The policy means this token or another one with the same description')];
    if (!token.place) return [];
    const colon = token.place.lastIndexOf(':');
    const more = access(token.beyond).databases.size, less = access(token.below).databases.size;
    return [el('span', { title: token.place }, token.place.slice(folder, colon)),
      el('span', { class: 'second' }, 'line ' + token.place.slice(colon + 1), more ? ' ' : '', more ? tag('more', 'bad', 'It may do more than the policy says: ' + everything(access(token.beyond))) : '',
        less ? ' ' : '', less ? tag('less', '', 'It may do less than the policy says: ' + everything(access(token.below))) : '')];
  };
  const who = (token) => [
    token.odd ? oddTag() : '', token.odd ? ' ' : '', el('span', { class: 'who' }, label(token)),
    el('span', { class: 'second' }, second(token)),
  ];
  const verdict = (token) => {
    const { choice, remark } = decision(token);
    return choice || remark ? [el('span', { class: 'who' }, choice || ''), el('span', { class: 'second' }, remark || '')]
      : [el('span', { class: 'second' }, '\u2610 keep \u2610 change \u2610 remove')];
  };
  const longestOwner = data.owners.reduce((most, owner) => Math.max(most, owner.length), 0);
  const longestCluster = clusters.reduce((most, cluster) => Math.max(most, cluster.name.length), 0);
  // The columns before the databases: heading, width, and what a cell holds.
  const infos = [
    { key: 'token', heading: 'Token', width: 236, cell: who },
    { key: 'cluster', heading: 'Cluster', width: Math.max(90, Math.min(200, longestCluster * 9 + 24)), cell: (t) => [el('span', { title: t.cluster.name }, t.cluster.name)], shown: fleet },
    { key: 'owner', heading: 'Owner', width: Math.max(90, Math.min(240, longestOwner * 9 + 24)), cell: (t) => [el('span', { title: t.owner || null }, t.owner)], shown: data.owners.length > 0 },
    { key: 'policy', heading: 'In the policy', width: 156, cell: standing, shown: data.policy },
    { key: 'state', heading: 'State', width: 84, cell: (t) => [t.state, t.until ? el('span', { class: 'second' }, 'until ' + day(t.until)) : ''] },
    { key: 'expires', heading: 'Expires', width: 100, cell: expiry },
    { key: 'change', heading: 'Change', width: 100, cell: (t) => (t.change ? [tag(t.change, 'new')] : []), shown: data.since },
  ].filter((column) => column.shown !== false);
  const review = { key: 'review', heading: data.reviews.map((name) => (name ? 'Decision of ' + name : 'Decision')).join(' / '), width: 205, cell: verdict };

  // What a cell of a database shows; the text that is read aloud says the same in words.
  const cell = (token, d) => {
    const marks = [], words = [];
    const beyond = access(token.beyond);
    const add = (letter, kind, word, all) => {
      const more = beyond[word] && beyond[word].has(all ? ALL : d);
      marks.push(el('span', { class: kind + (all ? ' all' : '') + (more ? ' beyond' : ''), 'aria-hidden': 'true' }, letter + (all ? '*' : '')));
      words.push(word + (all ? ' through *' : '') + (more ? ', more than the policy says' : ''));
    };
    const h = how(token, d);
    if (h.read || h.readAll) add('R', 'r', 'read', !h.read || d === ALL);
    if (h.write || h.writeAll) add('W', 'w', 'write', !h.write || d === ALL);
    // Actions other than these are rare; the details name them.
    if (h.others.length) add('+', 'o', h.others.map((o) => o.action).join(', '), h.others.every((o) => o.database === ALL));
    if (token.cluster && isGoneFor(token, d) && !isGone.has(d) && access(token.set).databases.has(d)) {
      marks.push(tag('gone', 'bad', 'Its cluster has no such database'));
      words.push('gone from its cluster');
    }
    if (token.past.some((past) => unexplained(past) && reaches(access(past.set), d))) {
      marks.push(tag('?', 'bad', 'No known apply gave it'));
      words.push('no known apply gave it');
    }
    if (token.change && token.change !== 'new') {
      const gained = access(token.gained), lost = access(token.lost);
      if (gained.read.has(d) || gained.write.has(d)) { marks.push(tag('+', 'new')); words.push('gained'); }
      if (lost.read.has(d)) { marks.push(el('span', { class: 'r lost', 'aria-hidden': 'true' }, 'R')); words.push('lost read'); }
      if (lost.write.has(d)) { marks.push(el('span', { class: 'w lost', 'aria-hidden': 'true' }, 'W')); words.push('lost write'); }
    }
    return [...marks, el('span', { class: 'hidden' }, words.join(', ') || 'no access')];
  };

  const focus = { row: -1, column: 0 }; // The cell that the keyboard is at; row -1 is the heading.
  let wide = 0, tall = false; // The width of a database's column, and whether headings stand upright.
  let drawn = '';

  const width = () => {
    const longest = columns.reduce((most, d) => Math.max(most, names[d].length), 0);
    tall = columns.length > 12 || columns.length * Math.min(14, longest) > 80;
    wide = tall ? 62 : Math.max(84, Math.min(220, longest * 9 + 24));
  };

  // Draws what can be seen, and a little more on each side.
  const draw = (anew) => {
    const left = infos[0].width;
    const before = infos.reduce((sum, column) => sum + column.width, 0);
    const firstRow = Math.max(0, Math.floor(scroll.scrollTop / ROW) - 5);
    const lastRow = Math.min(rows.length, firstRow + Math.ceil(scroll.clientHeight / ROW) + 10);
    const from = Math.max(0, scroll.scrollLeft + left - before);
    const first = Math.max(0, Math.min(columns.length, Math.floor(from / wide) - 2));
    const last = Math.min(columns.length, first + Math.ceil(scroll.parentElement.clientWidth / wide) + 4);
    const what = [firstRow, lastRow, first, last].join();
    if (!anew && what === drawn) return;
    drawn = what;
    const hadFocus = table.contains(document.activeElement) && document.activeElement !== table;
    const shown = columns.slice(first, last);
    const gapLeft = first * wide, gapRight = (columns.length - last) * wide;
    const cols = [...infos.map((c) => c.width), ...(gapLeft ? [gapLeft] : []), ...shown.map(() => wide), ...(gapRight ? [gapRight] : []), review.width];
    const gaps = (make, children) => [...(gapLeft ? [make()] : []), ...children, ...(gapRight ? [make()] : [])];

    table.className = tall ? 'tall' : '';
    table.setAttribute('role', 'grid');
    table.setAttribute('aria-labelledby', 'matrix-title');
    table.setAttribute('aria-rowcount', rows.length + 1);
    table.setAttribute('aria-colcount', infos.length + columns.length + 1);
    table.style.width = cols.reduce((sum, w) => sum + w, 0) + 'px';
    const group = el('colgroup', {});
    cols.forEach((w) => { const col = el('col', {}); col.style.width = w + 'px'; group.append(col); });

    const position = (row, column) => ({ 'data-cell': row + ',' + column, 'aria-colindex': column + 1, tabindex: focus.row === row && focus.column === column ? 0 : -1 });
    const heading = (key, text, column, kind, tags) => {
      const sorted = sort.key === key ? (sort.down ? 'descending' : 'ascending') : null;
      const button = el('button', { type: 'button', tabindex: -1, title: 'Sort by ' + text }, text);
      button.addEventListener('click', () => sortBy(key));
      return el('th', { scope: 'col', class: kind, 'aria-sort': sorted, ...position(-1, column) }, button, ...(tags || []));
    };
    const databaseHeading = (d, index) => heading(d, d === ALL ? 'All (*)' : names[d], infos.length + index, 'd', [
      isGone.has(d) ? tag('gone', 'bad', 'The cluster has no such database') : '', isNew.has(d) ? tag('new', 'new') : '', isOdd.has(d) ? oddTag() : '']);
    const head = el('tr', { 'aria-rowindex': 1 },
      ...infos.map((c, index) => heading(c.key, c.heading, index, '')),
      ...gaps(() => el('th', { class: 'gap', 'aria-hidden': 'true' }), shown.map((d, i) => databaseHeading(d, first + i))),
      heading('review', review.heading, infos.length + columns.length, ''));

    const body = el('tbody', {});
    const filler = (kind, count) => {
      const row = el('tr', { class: kind, 'aria-hidden': 'true' });
      row.style.height = count * ROW + 'px';
      return row;
    };
    body.append(filler('top', firstRow));
    for (let r = firstRow; r < lastRow; r++) {
      const token = tokens[rows[r]];
      const line = el('tr', { 'aria-rowindex': r + 2, 'data-row': r, class: token.gone ? 'gone' : null },
        ...infos.map((c, index) => el(index ? 'td' : 'th', { scope: index ? null : 'row', ...position(r, index) }, ...c.cell(token))),
        ...gaps(() => el('td', { class: 'gap', 'aria-hidden': 'true' }), shown.map((d, i) => el('td', { class: 'd', ...position(r, infos.length + first + i) }, ...cell(token, d)))),
        el('td', position(r, infos.length + columns.length), ...verdict(token)));
      body.append(line);
    }
    body.append(filler('bottom', rows.length - lastRow));
    table.replaceChildren(group, el('thead', {}, head), body);
    if (hadFocus) {
      const again = table.querySelector('[data-cell="' + focus.row + ',' + focus.column + '"]');
      if (again) again.focus({ preventScroll: true }); else table.focus({ preventScroll: true });
    }
  };

  const sortBy = (key) => {
    sort = { key, down: sort.key === key ? !sort.down : false };
    order();
    scroll.scrollTop = 0;
    draw(true);
    remember();
  };

  // Moves the keyboard's place, and scrolls so that it can be seen.
  const move = (row, column) => {
    focus.row = Math.max(-1, Math.min(rows.length - 1, row));
    focus.column = Math.max(0, Math.min(infos.length + columns.length, column));
    if (focus.row >= 0) {
      const head = table.tHead ? table.tHead.offsetHeight : 0;
      const top = focus.row * ROW;
      if (top < scroll.scrollTop) scroll.scrollTop = top;
      if (top + ROW + head > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + ROW + head - scroll.clientHeight;
    } else {
      scroll.scrollTop = 0;
    }
    if (focus.column > 0) {
      let start = 0, size = wide;
      infos.slice(0, Math.min(infos.length, focus.column)).forEach((c) => (start += c.width));
      if (focus.column < infos.length) size = infos[focus.column].width;
      else start += (focus.column - infos.length) * wide;
      if (focus.column === infos.length + columns.length) size = review.width;
      if (start - infos[0].width < scroll.scrollLeft) scroll.scrollLeft = start - infos[0].width;
      if (start + size > scroll.scrollLeft + scroll.clientWidth) scroll.scrollLeft = start + size - scroll.clientWidth;
    }
    draw(true);
    const target = table.querySelector('[data-cell="' + focus.row + ',' + focus.column + '"]');
    if (target) target.focus({ preventScroll: true });
  };
  const page = () => Math.max(1, Math.floor(scroll.clientHeight / ROW) - 2);
  const moves = {
    ArrowDown: () => move(focus.row + 1, focus.column), ArrowUp: () => move(focus.row - 1, focus.column),
    ArrowRight: () => move(focus.row, focus.column + 1), ArrowLeft: () => move(focus.row, focus.column - 1),
    PageDown: () => move(focus.row + page(), focus.column), PageUp: () => move(Math.max(0, focus.row - page()), focus.column),
    Home: (ctrl) => move(ctrl ? 0 : focus.row, 0), End: (ctrl) => move(ctrl ? rows.length - 1 : focus.row, infos.length + columns.length),
  };
  table.addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && event.target.closest('button')) return;
    if (moves[event.key]) {
      event.preventDefault();
      moves[event.key](event.ctrlKey);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (focus.row >= 0) open(tokens[rows[focus.row]]);
      else {
        const button = table.querySelector('[data-cell="-1,' + focus.column + '"] button');
        if (button) button.click();
      }
    }
  });
  table.addEventListener('focusin', (event) => {
    const place = event.target.closest('[data-cell]');
    if (place) [focus.row, focus.column] = place.dataset.cell.split(',').map(Number);
  });
  table.addEventListener('click', (event) => {
    const row = event.target.closest('[data-row]');
    if (row) open(tokens[rows[Number(row.dataset.row)]]);
  });
  scroll.addEventListener('scroll', () => requestAnimationFrame(() => draw(false)));
  addEventListener('resize', () => draw(true));

  // ---- The answer above the table --------------------------------------------------------------

  const holders = (action, database) => tokens.filter((t) => !t.gone && isChosen(t.cluster) && can(t, action, database));
  const answer = () => {
    const parts = [];
    const total = tokens.filter((t) => !t.gone).length;
    parts.push(rows.length === total ? 'All ' + count(total, 'token', 'tokens') + ' are shown.' : rows.length.toLocaleString('en') + ' of ' + count(total, 'token', 'tokens') + ' match.');
    if (one > 0) {
      const text = (action) => {
        const all = holders(action, one);
        const through = all.filter((t) => !access(t.set)[action].has(one)).length;
        const strangers = all.filter((t) => t.standing === 'unmanaged').length;
        const beyond = all.filter((t) => [one, ALL].some((d) => access(t.beyond)[action].has(d))).length;
        const strange = all.filter((t) => t.past.some((past) => unexplained(past) && [one, ALL].some((d) => access(past.set)[action].has(d)))).length;
        const places = new Set(all.map((t) => t.cluster));
        return (all.length ? count(all.length, 'token', 'tokens') + (fleet ? ' on ' + count(places.size, 'cluster', 'clusters') : '') : 'nobody') + ' may ' + action + ' it'
          + (through ? ', ' + through.toLocaleString('en') + ' of them only through * (all databases)' : '')
          + (strangers ? ', ' + strangers.toLocaleString('en') + ' not in the policy' : '')
          + (beyond ? ', ' + beyond.toLocaleString('en') + ' although the policy does not say so' : '')
          + (strange ? ', ' + strange.toLocaleString('en') + ' by no known apply' : '');
      };
      parts.push(names[one] + (few ? ' on ' + (few.includes('=') ? 'clusters with ' : '') + few : '') + ': ' + text('write') + '; ' + text('read') + '.');
      if (isGone.has(one)) parts.push('This database is gone from ' + (fleet ? 'all clusters' : 'the cluster') + '; if somebody made it anew, these permissions would be in force again.');
    } else if (one < 0 && chosen('database')) {
      parts.push(columns.length ? count(columns.length, 'database has', 'databases have') + ' this in the name.' : 'No database has this in its name.');
    }
    $('answer').textContent = parts.join(' ');
  };

  // ---- The details of one token, and decisions -------------------------------------------------

  const dialog = $('details');
  const listed = (token, numbers) => (numbers.length ? numbers.sort((a, b) => a - b).map((d) => title(d) + (isGoneFor(token, d) ? ' (gone)' : '')).join(', ') : 'nothing');
  const everything = (set) => [...[...set.read].map((d) => 'read ' + title(d)), ...[...set.write].map((d) => 'write ' + title(d)), ...set.others.map((o) => o.action + ' ' + title(o.database))].join(', ') || 'nothing';
  const origin = ({ since, missing, journal, deed }, time) => {
    if (!journal) return missing ? ['seen since ' + time(since) + ', not there at ' + time(missing) + '; ', tag('no known apply gave it', 'bad')] : ['seen since ' + time(since) + ' at least'];
    const [name, begun, by, reason, commit, change, run, rollsBack] = journal;
    const more = [['reason', reason], ['pull request', change], ['commit', commit], ['run', run], ['rolls back', rollsBack], ['journal', name]];
    return ['since ' + time(begun) + ', by ' + by + ': ' + deed, el('span', { class: 'second wrap' }, more.filter(([, text]) => text).map(([what, text]) => what + ' ' + text).join('; '))];
  };
  const open = (token) => {
    const set = access(token.set);
    const facts = [];
    const fact = (name, ...value) => { if (value.some((v) => v)) facts.push(el('dt', {}, name), el('dd', {}, ...value)); };
    fact('Description', token.description);
    fact('Id', token.id);
    if (token.cluster) fact('Cluster', token.cluster.name, token.cluster.labels.length ? ' (' + token.cluster.labels.join(', ') + ')' : '');
    fact('Owner', token.owner);
    if (data.policy) fact('In the policy', ...(token.place ? [token.place] : standing(token)));
    fact('State', token.state, token.until ? ' until ' + instant(token.until) : '', token.reason ? ': ' + token.reason : '');
    fact('Created', token.created ? instant(token.created) : 'not known');
    fact('Expires', token.expires ? instant(token.expires) : 'never');
    fact('May read', listed(token, [...set.read]));
    fact('May write', listed(token, [...set.write]));
    if (access(token.beyond).databases.size) fact('More than the policy says', everything(access(token.beyond)));
    if (access(token.below).databases.size) fact('Less than the policy says', everything(access(token.below)));
    if (set.others.length) fact('Other actions', set.others.map((o) => o.action + ' ' + title(o.database)).join(', '));
    if (token.change) {
      fact('Change', token.change);
      if (token.change !== 'gone') fact('Gained', everything(access(token.gained)));
      if (token.change !== 'new') fact('Lost', everything(access(token.lost)));
    }
    token.past.forEach((past) => fact(everything(access(past.set)), ...origin(past, instant)));
    const choice = el('select', {});
    options(choice, [['', 'undecided'], ['keep', 'keep'], ['change', 'change'], ['remove', 'remove']]);
    choice.value = decision(token).choice || '';
    const remark = el('input', { type: 'text', size: 40, autocomplete: 'off' });
    remark.value = decision(token).remark || '';
    const note = () => {
      if (choice.value || remark.value) decisions.set(token, { choice: choice.value, remark: remark.value });
      else decisions.delete(token);
      decided();
      draw(true);
    };
    choice.addEventListener('change', note);
    remark.addEventListener('change', note);
    const close = el('button', { type: 'button' }, 'Close');
    close.addEventListener('click', () => dialog.close());
    dialog.replaceChildren(
      el('h2', { id: 'details-title' }, label(token)),
      token.odd ? el('p', {}, tag('unusual characters', 'bad'), ' ' + ODD + '.') : '',
      el('dl', {}, ...facts),
      el('div', { class: 'review' }, el('label', {}, 'Decision', choice), el('label', {}, 'Remark', remark), close));
    dialog.showModal();
  };
  dialog.addEventListener('close', () => {
    const target = table.querySelector('[data-cell="' + focus.row + ',' + focus.column + '"]');
    if (target) target.focus({ preventScroll: true });
  });
  const decided = () => {
    $('decided').textContent = decisions.size ? count(decisions.size, 'decision', 'decisions') + ' of ' + count(tokens.length, 'token', 'tokens') + '; only this window holds them.'
      : 'Choose a token to decide on it: keep, change or remove.';
    $('save').hidden = decisions.size === 0;
  };
  // A spreadsheet must not take a cell for a formula.
  const csv = (text) => '"' + (/^[=+\-@'\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? "'" : '') + text.replace(/"/g, '""') + '"';
  $('save').addEventListener('click', () => {
    const lines = [[...(fleet ? ['cluster'] : []), 'id', 'name', 'description', 'decision', 'remark'].join()];
    tokens.filter((t) => decisions.has(t)).forEach((t) => lines.push([...(fleet ? [t.cluster.name] : []), t.id, t.name, t.description, decision(t).choice, decision(t).remark].map(csv).join()));
    const link = el('a', { href: URL.createObjectURL(new Blob([lines.join('\r\n') + '\r\n'], { type: 'text/csv' })), download: 'decisions.csv' });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  addEventListener('beforeunload', (event) => { if (decisions.size) event.preventDefault(); });

  // ---- The databases ---------------------------------------------------------------------------

  const MOST = 500; // So many databases are listed below the table.
  const NAMED = 8; // So many tokens are named in a cell.
  const lists = { read: names.map(() => []), write: names.map(() => []) };
  tokens.filter((t) => !t.gone).forEach((token) => {
    const set = access(token.set);
    set.read.forEach((d) => lists.read[d].push(token));
    set.write.forEach((d) => lists.write[d].push(token));
  });
  // Those that a token of today names; others stand in the report for what was lost, or is not there yet.
  const isNamed = new Set(tokens.filter((t) => !t.gone).flatMap((t) => [...access(t.set).databases]));
  const linkTo = (text, fragment) => el('a', { href: '#' + fragment, 'data-filter': fragment }, text);
  // Tokens by their names, each once with the clusters on which it is; in a fleet many have the same.
  const together = (all, d) => {
    const same = new Map();
    all.forEach((t) => {
      if (!same.has(label(t))) same.set(label(t), []);
      same.get(label(t)).push(t.cluster.name + (isGoneFor(t, d) && !isGone.has(d) ? ' (gone there)' : ''));
    });
    return [...same].sort(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
  };
  const onClusters = (on) => {
    const times = new Map();
    on.forEach((name) => times.set(name, (times.get(name) || 0) + 1));
    const places = [...times].map(([name, number]) => name + (number > 1 ? ' (' + number + ')' : ''));
    return el('span', { class: 'places', title: places.length > NAMED ? places.join(', ') : null },
      places.slice(0, NAMED).join(', ') + (places.length > NAMED ? ' and ' + (places.length - NAMED).toLocaleString('en') + ' more' : ''));
  };
  const fragment = (values) => Object.entries(values).filter(([, v]) => v).map(([k, v]) => k + '=' + encodeURIComponent(v)).join('&');
  const people = (action, d) => {
    const all = lists[action][d].filter((t) => isChosen(t.cluster));
    const through = d === ALL ? [] : lists[action][ALL].filter((t) => isChosen(t.cluster) && isThere(t, d) && !access(t.set)[action].has(d));
    const where = few ? { cluster: few } : {};
    const values = { ...where, ...(d === ALL ? { access: action + '-all' } : { database: names[d], access: action }) };
    const throughAll = { ...where, access: action + '-all' };
    return fleet ? peopleOfFleet(d, all, through, values, throughAll) : peopleOfOne(all, through, values, throughAll);
  };
  const peopleOfOne = (all, through, values, throughAll) => {
    const parts = [all.slice(0, NAMED).map((t) => label(t)).join(', ') || (through.length ? '' : 'nobody')];
    if (all.length > NAMED) parts.push(' ', linkTo('and ' + (all.length - NAMED).toLocaleString('en') + ' more', fragment(values)));
    if (through.length) {
      parts.push(all.length ? '; ' : '', tag('through *'), ' ', through.length > NAMED ? linkTo(count(through.length, 'token', 'tokens'), fragment(throughAll)) : through.map(label).join(', '));
    }
    return parts;
  };
  const peopleOfFleet = (d, all, through, values, throughAll) => {
    const list = (some, link) => {
      const groups = together(some, d);
      const lines = groups.slice(0, NAMED).map(([name, on]) => el('div', {}, el('span', { class: 'who' }, name), ' ', onClusters(on)));
      if (groups.length > NAMED) lines.push(el('div', {}, linkTo('and ' + (groups.length - NAMED).toLocaleString('en') + ' more', fragment(link))));
      return lines;
    };
    const lines = [...list(all, values), ...list(through, throughAll).map((line) => { line.prepend(tag('through *'), ' '); return line; })];
    return lines.length ? lines : ['nobody'];
  };
  // The chosen clusters that have a database.
  const whereIs = (d) => {
    const among = clusters.filter(isChosen);
    const on = among.filter((cluster) => cluster.databases.has(d)).map((cluster) => cluster.name);
    return el('span', { class: 'second wrap' }, on.length === among.length && on.length > 1 ? 'on all ' + on.length.toLocaleString('en') + ' clusters' : on.length ? onClusters(on) : 'on none of them');
  };
  const drawDatabases = () => {
    const used = columns.filter((d) => d === ALL || !isGone.has(d) || isNamed.has(d));
    const shown = used.slice(0, MOST);
    $('databases').replaceChildren(
      el('thead', {}, el('tr', {}, ...['Database', 'May write', 'May read'].map((text) => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, ...shown.map((d) => el('tr', {},
        el('th', { scope: 'row' }, d === ALL ? 'all databases (*)' : linkTo(names[d], fragment({ database: names[d], cluster: few })), ' ',
          isGone.has(d) ? tag('gone', 'bad') : '', isNew.has(d) ? tag('new', 'new') : '', isOdd.has(d) ? oddTag() : '', fleet && d !== ALL && !isGone.has(d) ? whereIs(d) : ''),
        el('td', {}, ...people('write', d)), el('td', {}, ...people('read', d))))));
    $('databases-more').textContent = used.length > MOST ? 'And ' + count(used.length - MOST, 'more database', 'more databases') + '; type a name under Database to see others.' : '';
  };

  // ---- Links to what is shown ------------------------------------------------------------------

  // The filters stand in the page's fragment, so that a link shows the same.
  const remember = () => {
    const values = {};
    for (const key in inputs) values[key] = key === 'owner' ? inputs[key].value : chosen(key);
    if (sort.key !== 'token' || sort.down) values.sort = (sort.down ? '-' : '') + (typeof sort.key === 'number' ? 'database:' + names[sort.key] : sort.key);
    try {
      history.replaceState(null, '', '#' + fragment(values));
    } catch (e) {
      // Shown inside another page, this one may have no address of its own.
    }
  };
  const recall = (text) => {
    const values = new URLSearchParams(text.replace(/\+/g, '%2B'));
    for (const key in inputs) {
      inputs[key].value = values.get(key) || '';
      if (inputs[key].selectedIndex === -1) inputs[key].selectedIndex = 0;
    }
    const wanted = values.get('sort') || 'token';
    const key = wanted.replace(/^-/, '');
    const database = key.startsWith('database:') ? names.indexOf(key.slice(9)) : -1;
    sort = { key: database >= 0 ? database : keys[key] ? key : 'token', down: wanted.startsWith('-') };
  };

  const refresh = () => {
    filter();
    width();
    focus.row = rows.length ? 0 : -1;
    focus.column = 0;
    scroll.scrollTop = 0;
    scroll.scrollLeft = 0;
    draw(true);
    answer();
    drawDatabases();
  };
  let waiting = 0;
  const soon = () => {
    // While somebody types, once is enough.
    clearTimeout(waiting);
    waiting = setTimeout(() => { refresh(); remember(); }, tokens.length > 2000 ? 120 : 0);
  };
  $('filters').addEventListener('input', soon);
  $('filters').addEventListener('change', soon);
  $('filters').addEventListener('submit', (event) => event.preventDefault());
  $('filters').addEventListener('reset', () => { sort = { key: 'token', down: false }; setTimeout(() => { refresh(); remember(); }, 0); });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-filter]');
    if (!link) return;
    event.preventDefault();
    recall(link.dataset.filter);
    refresh();
    remember();
    $('matrix-title').scrollIntoView();
  });
  addEventListener('hashchange', () => {
    if (location.hash === '#table') return;
    recall(location.hash.slice(1));
    refresh();
  });

  // ---- Printing --------------------------------------------------------------------------------

  const MOST_PRINTED = 2000; // A longer table is no longer read on paper.
  const box = (text) => el('span', { class: 'choice' }, el('span', { class: 'box' }), text);
  const printed = () => {
    const shown = rows.slice(0, MOST_PRINTED);
    const reviews = data.reviews.map((name) => (name ? 'Decision of ' + name : 'Decision'));
    const heads = ['Token', ...(fleet ? ['Cluster'] : []), ...(data.owners.length ? ['Owner'] : []), ...(data.policy ? ['In the policy'] : []), 'State, end', 'May write', 'May read', ...(data.since ? ['Change'] : []), ...(data.history ? ['Since'] : []), ...reviews, 'Remark'];
    const end = (t) => [t.state, el('br', {}), ...expiry(t)];
    const altered = (t) => (t.change ? [t.change, ...(t.change === 'gone' ? [] : [el('span', { class: 'second' }, '+ ' + everything(access(t.gained)))]), ...(t.change === 'new' ? [] : [el('span', { class: 'second' }, '\u2212 ' + everything(access(t.lost)))])] : []);
    const born = (past) => el('span', { class: 'born' }, everything(access(past.set)) + ': ', ...origin(past, day));
    const lines = shown.map((index) => {
      const t = tokens[index], set = access(t.set), noted = decision(t);
      return el('tr', {}, el('th', { scope: 'row' }, ...who(t)),
        ...(fleet ? [el('td', {}, t.cluster.name)] : []), ...(data.owners.length ? [el('td', {}, t.owner)] : []), ...(data.policy ? [el('td', {}, ...standing(t))] : []),
        el('td', {}, ...end(t)), el('td', {}, listed(t, [...set.write])),
        el('td', {}, listed(t, [...set.read]), set.others.length ? '; ' + set.others.map((o) => o.action + ' ' + title(o.database)).join(', ') : ''),
        ...(data.since ? [el('td', {}, ...altered(t))] : []), ...(data.history ? [el('td', {}, ...t.past.map(born))] : []),
        ...reviews.map(() => el('td', {}, ...(noted.choice ? [noted.choice] : ['keep', 'change', 'remove'].map(box)))),
        el('td', {}, noted.remark || ''));
    });
    const byDatabase = $('databases').cloneNode(true);
    byDatabase.removeAttribute('id');
    $('print').replaceChildren(
      el('h2', {}, 'Tokens'), el('p', {}, $('answer').textContent + (rows.length > MOST_PRINTED ? ' The first ' + count(MOST_PRINTED, 'is', 'are') + ' printed; filter for fewer.' : '')),
      el('table', { class: 'plain' }, el('thead', {}, el('tr', {}, ...heads.map((text) => el('th', { scope: 'col', class: text === 'Since' ? 'since' : null }, text)))), el('tbody', {}, ...lines)),
      el('h2', {}, 'Databases'), byDatabase);
  };
  addEventListener('beforeprint', printed);
  addEventListener('afterprint', () => $('print').replaceChildren());

  // ---- The beginning ---------------------------------------------------------------------------

  const example = (element, text) => el('span', {}, element, ' ' + text);
  $('legend').append(
    example(el('span', { class: 'r' }, 'R'), 'reads it by name'), example(el('span', { class: 'w' }, 'W'), 'writes it by name'),
    el('span', {}, el('span', { class: 'r all' }, 'R*'), ' ', el('span', { class: 'w all' }, 'W*'), ' through *, which is on all databases, future ones too'),
    ...(tokens.some((t) => access(t.beyond).databases.size) ? [example(el('span', { class: 'w beyond' }, 'W'), 'more than the policy says')] : []),
    ...(data.history && tokens.some((t) => t.past.some(unexplained)) ? [example(tag('?', 'bad'), 'no known apply gave it')] : []),
    ...(sets.some((set, index) => access(index).others.length) ? [example(el('span', { class: 'o' }, '+'), 'other actions')] : []),
    ...(data.tokens.some((fields) => fields[3]) || isOdd.size ? [example(el('span', { class: 'tag bad' }, '\u26a0'), 'hides characters, or imitates others')] : []),
    el('span', {}, 'Choose a row for all that is known of a token; arrow keys move in the table.'));
  $('app').hidden = false;
  recall(location.hash.slice(1));
  decided();
  refresh();
})();
