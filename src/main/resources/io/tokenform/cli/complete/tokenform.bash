# Completion of tokenform's command lines in bash. What comes next, tokenform itself says: nothing
# that it prints is ever evaluated, and nothing that it complains of is shown.

_tokenform() {
  local program=$1 kind='' line
  case $program in
    '~/'*) program=$HOME/${program:2} ;;
  esac
  type -P -- "$program" >/dev/null || program=tokenform
  COMPREPLY=()
  {
    IFS= read -r kind
    while IFS= read -r line; do
      COMPREPLY+=("$line")
    done
  } < <("$program" __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" </dev/null 2>/dev/null)
  # Older versions have no compopt, or sort whatever it says.
  {
    case $kind in
      files) compopt -o default ;;
      directories) compopt -o dirnames ;;
      *) compopt -o nosort ;;
    esac
  } 2>/dev/null
  return 0
}

complete -F _tokenform tokenform
