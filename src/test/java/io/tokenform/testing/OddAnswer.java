package io.tokenform.testing;

import static io.tokenform.testing.ScriptedServer.answer;
import static io.tokenform.testing.ScriptedServer.json;

import io.tokenform.testing.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a server, or something on the way to it, may answer to a listing of tokens, byte for byte,
 * and what is said of it.
 *
 * @param name what is odd about it
 * @param script what it does
 * @param error what went wrong; empty where nothing did, and the token is read
 * @param hint what to do about it, where {@code error} is there; {@code URL} stands for the
 *     server's
 */
public record OddAnswer(String name, Script script, String error, String hint) {
  /** The description of the token in all answers that can be read. */
  public static final String DESCRIPTION = "Grafana \u00fcber alles";

  private static final String CHECK_URL = "check the URL URL";
  private static final String NO_LISTING = "this is probably not a list of tokens: " + CHECK_URL;
  private static final String UNCODED =
      "have the server, or the proxy in front of it, honour Accept-Encoding: identity";
  private static final String CHARSET =
      "have the server, or the proxy in front of it, send UTF-8 or name its charset in Content-Type";
  private static final String AGAIN = "an incomplete answer is not used: try again";
  private static final String NETWORK =
      "try again; if it persists, check the network between here and the cluster";
  private static final String NO_ANSWER =
      "try again; if it persists, check the server or the proxy in front of it";
  private static final String SERVER_FAILED =
      "the server failed: try again, then ask those who run it";
  private static final String NO_REDIRECTS =
      "redirects are not followed: give the URL of the cluster itself";
  private static final String NOTHING_TO_READ =
      "nothing can be read from such an answer: " + CHECK_URL;
  private static final String CUT_OFF = "the answer was cut off in the middle";
  private static final String BAD_CHUNK_HINT =
      "an answer that cannot be read whole is not used: try again; if it stays, ask those who run"
          + " the server, or the proxy in front of it";
  private static final String BAD_CHUNK = "the answer's chunks are malformed, or it was cut off";

  private static final String LISTING =
      "[{\"id\":\"55555555-5555-4555-8555-555555555555\",\"description\":\""
          + DESCRIPTION
          + "\",\"permissions\":[]}]";
  private static final String MESSAGE = "{\"message\": \"K\u00f6nig is away\"}";

  @Override
  public String toString() {
    return name;
  }

  /** All of them. */
  public static List<OddAnswer> all() {
    List<OddAnswer> all = new ArrayList<>();
    codings(all);
    codingsOfErrors(all);
    charsets(all);
    limits(all);
    headers(all);
    statuses(all);
    waits(all);
    bodies(all);
    otherProtocols(all);
    return all;
  }

  private static void codings(List<OddAnswer> all) {
    byte[] plain = utf8(LISTING);
    all.add(fine("identity, said", coded("identity", plain)));
    all.add(fine("gzip", coded("gzip", gzip(plain))));
    all.add(fine("gzip in capitals", coded("GZIP", gzip(plain))));
    all.add(fine("x-gzip", coded("x-gzip", gzip(plain))));
    all.add(fine("deflate as in zlib", coded("deflate", zlib(plain))));
    all.add(fine("deflate as it is", coded("deflate", deflate(plain))));
    all.add(fine("gzip twice", coded("gzip, gzip", gzip(gzip(plain)))));
    all.add(
        fine(
            "gzip and deflate in two headers",
            coded("deflate\r\nContent-Encoding: gzip", gzip(zlib(plain)))));
    all.add(fine("identity, then gzip", coded("identity, gzip", gzip(plain))));
    all.add(
        fine(
            "gzip in two parts",
            coded(
                "gzip",
                join(gzip(utf8("[ ")), gzip(utf8(" ")), gzip(utf8(LISTING.substring(1)))))));
    all.add(fine("gzip with a name", coded("gzip", named(gzip(plain)))));
    all.add(
        fine(
            "gzip with 100,000 empty parts",
            coded("gzip", join(repeated(gzip(new byte[0]), 100_000), gzip(plain)))));
    all.add(
        odd(
            "br",
            coded("br", new byte[] {1, 2, 3}),
            "the answer is in the content coding br, which cannot be read here",
            UNCODED));
    all.add(
        odd(
            "zstd",
            coded("zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}),
            "the answer is in the content coding zstd, which cannot be read here",
            UNCODED));
    all.add(
        odd(
            "a coding that nobody knows",
            coded("\u001b[31mrot13", plain),
            "the answer is in the content coding \u001b[31mrot13, which cannot be read here",
            UNCODED));
    all.add(
        odd(
            "gzip below br",
            coded("gzip, br", plain),
            "the answer is in the content coding gzip, br, which cannot be read here",
            UNCODED));
    all.add(
        odd(
            "gzip four times",
            coded("gzip, gzip, gzip, gzip", gzip(gzip(gzip(gzip(plain))))),
            "the answer is in the content coding gzip, gzip, gzip, gzip, which cannot be read here",
            UNCODED));
    all.add(
        odd(
            "gzip that is none",
            coded("gzip", plain),
            "the answer is not in the content coding gzip, as it says it is",
            UNCODED));
    all.add(
        odd(
            "deflate that is none",
            coded("deflate", new byte[] {7, 7, 7}),
            "the answer is not in the content coding deflate, as it says it is",
            UNCODED));
    all.add(
        odd(
            "gzip that nobody names",
            coded("identity", gzip(plain)),
            "the answer is compressed with gzip, and has no Content-Encoding that says so",
            UNCODED));
    all.add(
        odd(
            "gzip with a wrong checksum",
            coded("gzip", changed(gzip(plain), -8)),
            "the answer is not in the content coding gzip, as it says it is",
            UNCODED));
    all.add(
        odd(
            "gzip and something after it",
            coded("gzip", join(gzip(plain), utf8("more"))),
            "the answer is not in the content coding gzip, as it says it is",
            UNCODED));
    all.add(odd("gzip, cut off", coded("gzip", cut(gzip(plain), 40)), CUT_OFF, AGAIN));
    all.add(
        odd("gzip, cut off in its checksum", coded("gzip", cut(gzip(plain), 3)), CUT_OFF, AGAIN));
    all.add(odd("gzip, cut off in its header", coded("gzip", new byte[] {0x1f}), CUT_OFF, AGAIN));
    all.add(
        odd(
            "gzip of nothing",
            coded("gzip", new byte[0]),
            "the answer is not what the API promises: the answer is empty",
            CHECK_URL));
    byte[] bomb = spaces(300);
    all.add(
        odd(
            "gzip of 300 MiB",
            coded("gzip", bomb),
            "the answer exceeds a limit: it has more than 268,435,456 bytes",
            NO_LISTING));
    all.add(
        odd(
            "gzip twice of 300 MiB",
            coded("gzip, gzip", gzip(bomb)),
            "the answer exceeds a limit: it has more than 268,435,456 bytes",
            NO_LISTING));
    all.add(
        odd(
            "gzip of a page",
            coded("gzip", gzip(utf8("<html>Sign in"))),
            "the answer is an HTML page, not the API's JSON",
            "there may be a proxy or a login page between here and the cluster; " + CHECK_URL));
  }

  private static void codingsOfErrors(List<OddAnswer> all) {
    byte[] message = utf8(MESSAGE);
    all.add(
        odd("an error in gzip", coded(400, "gzip", gzip(message)), "400 K\u00f6nig is away", ""));
    all.add(
        odd(
            "an error in deflate",
            coded(400, "deflate", zlib(message)),
            "400 K\u00f6nig is away",
            ""));
    all.add(
        odd(
            "an error in br",
            coded(400, "br", message),
            "400 Odd (its text is in the content coding br)",
            ""));
    all.add(odd("an error in gzip that is none", coded(400, "gzip", message), "400 Odd", ""));
    all.add(
        odd("an error in gzip, cut off", coded(400, "gzip", cut(gzip(message), 9)), "400 Odd", ""));
    all.add(
        odd(
            "an error in gzip of 300 MiB",
            coded(503, "gzip", spaces(300)),
            "503 Odd",
            SERVER_FAILED));
  }

  private static void charsets(List<OddAnswer> all) {
    all.add(
        fine("UTF-8 with a byte order mark", body("application/json", utf8("\ufeff" + LISTING))));
    all.add(
        fine(
            "UTF-16, little end first, with a mark",
            body("application/json", in("UTF-16LE", "\ufeff" + LISTING))));
    all.add(
        fine(
            "UTF-16, big end first, without a mark",
            body("application/json", in("UTF-16BE", LISTING))));
    all.add(fine("UTF-16, said", body("application/json; charset=utf-16", in("UTF-16", LISTING))));
    all.add(fine("UTF-32", body("application/json", in("UTF-32BE", LISTING))));
    all.add(
        fine(
            "Latin-1, said",
            body("application/json; charset=ISO-8859-1", in("ISO-8859-1", LISTING))));
    all.add(
        fine(
            "windows-1252, said in quotation marks",
            body("application/json;charset=\"Windows-1252\"", in("windows-1252", LISTING))));
    all.add(
        fine(
            "a charset that nobody knows",
            body("application/json; charset=klingon", utf8(LISTING))));
    all.add(
        odd(
            "Latin-1, not said",
            body("application/json", in("ISO-8859-1", LISTING)),
            "the answer is not in UTF-8, at line 1, column 71",
            CHARSET));
    all.add(
        odd(
            "Latin-1, said to be UTF-8",
            body("application/json; charset=utf-8", in("ISO-8859-1", LISTING)),
            "the answer is not in UTF-8, at line 1, column 71",
            CHARSET));
    all.add(
        odd(
            "an error in Latin-1, not said",
            "HTTP/1.1 400 Odd\r\n\r\n",
            in("ISO-8859-1", MESSAGE),
            "400 K\u00f6nig is away",
            ""));
    all.add(
        odd(
            "an error in UTF-16",
            "HTTP/1.1 400 Odd\r\n\r\n",
            in("UTF-16", MESSAGE),
            "400 K\u00f6nig is away",
            ""));
    all.add(
        odd(
            "a page in UTF-16",
            body("application/json", in("UTF-16", "<html>")),
            "the answer is an HTML page, not the API's JSON",
            "there may be a proxy or a login page between here and the cluster; " + CHECK_URL));
  }

  private static void limits(List<OddAnswer> all) {
    all.add(
        odd(
            "a number of 5,000 digits",
            body("application/json", utf8("[{\"x\":" + "1".repeat(5000) + "}]")),
            "the answer exceeds a limit: a number in it has more than 1,000 digits",
            NO_LISTING));
    all.add(
        odd(
            "a key of 60 KB",
            body("application/json", utf8("[{\"" + "k".repeat(60_000) + "\":1}]")),
            "the answer exceeds a limit: a key in it has more than 50,000 characters",
            NO_LISTING));
    all.add(
        odd(
            "a string of 21 MB",
            body(
                "application/json", utf8("[{\"description\":\"" + "s".repeat(21_000_000) + "\"}]")),
            "the answer exceeds a limit: a string in it has more than 20,000,000 characters",
            NO_LISTING));
    all.add(
        odd(
            "nested 5,000 levels deep",
            body("application/json", utf8("[{\"x\":" + "[".repeat(5000))),
            "the answer exceeds a limit: it is nested more than 100 levels deep",
            NO_LISTING));
  }

  private static void headers(List<OddAnswer> all) {
    all.add(
        odd(
            "a header of 1 MB",
            answer(200, "X-Odd: " + "x".repeat(1 << 20), "[]"),
            "the answer has a header or another line of more than 64 KiB",
            "this is probably not the Management API: " + CHECK_URL));
    all.add(
        odd(
            "10,000 headers",
            answer(200, "X-Odd: x\r\n".repeat(9_999) + "X-Odd: x", "[]"),
            "the answer has more than 200 headers",
            "this is probably not the Management API: " + CHECK_URL));
    all.add(
        odd(
            "a reason of 1 MB",
            "HTTP/1.1 200 " + "x".repeat(1 << 20) + "\r\n\r\n",
            "the answer has a header or another line of more than 64 KiB",
            "this is probably not the Management API: " + CHECK_URL));
    all.add(
        fine(
            "header names in small letters",
            utf8(
                "HTTP/1.1 200 OK\r\ncontent-length: "
                    + utf8(LISTING).length
                    + "\r\n\r\n"
                    + LISTING)));
    all.add(
        fine(
            "line feeds alone",
            utf8("HTTP/1.1 200 OK\nContent-Type: application/json\n\n" + LISTING)));
    all.add(
        odd(
            "two lengths",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n[]",
            "the answer is not valid HTTP: Multiple Content-Length headers",
            CHECK_URL));
    all.add(
        odd(
            "a length that is none",
            "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n[]",
            "the answer is not valid HTTP: Invalid content length: many",
            CHECK_URL));
    all.add(
        odd(
            "a negative length",
            "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n[]",
            "the answer is not valid HTTP: Negative content length: -5",
            CHECK_URL));
    all.add(
        odd(
            "a header without a colon",
            "HTTP/1.1 200 OK\r\nbroken\r\n\r\n[]",
            "the answer is not valid HTTP: Invalid header: <broken>",
            CHECK_URL));
    all.add(
        odd(
            "a transfer coding that nobody knows",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n[]",
            "the answer is not valid HTTP: Unsupported transfer encoding: gzip",
            CHECK_URL));
  }

  private static void statuses(List<OddAnswer> all) {
    all.add(
        fine(
            "100 and 103 before it",
            utf8(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
                    + LISTING)));
    all.add(
        odd(
            "101",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
            "the answer is not valid HTTP: it goes on in another protocol (101)",
            CHECK_URL));
    all.add(
        odd(
            "nothing but 100",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "the server closed the connection without an answer",
            NO_ANSWER));
    all.add(odd("201", json(201, LISTING), "201 Reason 201", ""));
    all.add(odd("204", "HTTP/1.1 204 No Content\r\n\r\n", "204 No Content", NOTHING_TO_READ));
    all.add(
        odd(
            "205",
            "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
            "205 Reset Content",
            NOTHING_TO_READ));
    all.add(odd("206", json(206, "["), "206 Reason 206", ""));
    all.add(
        odd(
            "300",
            "HTTP/1.1 300 Multiple Choices\r\nContent-Length: 0\r\n\r\n",
            "300 Multiple Choices",
            NO_REDIRECTS));
    all.add(
        odd(
            "301",
            answer(301, "Location: https://login.example.com/", ""),
            "301 redirect to https://login.example.com/",
            NO_REDIRECTS));
    all.add(
        odd(
            "302 to nowhere",
            "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
            "302 Found",
            NO_REDIRECTS));
    all.add(odd("304", "HTTP/1.1 304 Not Modified\r\n\r\n", "304 Not Modified", NOTHING_TO_READ));
    all.add(
        odd(
            "400 with a page that has a title",
            answer(
                400,
                "Content-Type: text/html",
                "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title>"),
            "400 Reason 400 (an HTML page: 400 The plain HTTP request was sent to HTTPS port)",
            ""));
    all.add(odd("407 of the server", json(407, "{}"), "407 Reason 407", ""));
    all.add(odd("418 without a reason", "HTTP/1.1 418\r\nContent-Length: 0\r\n\r\n", "418", ""));
    all.add(
        odd(
            "502 with a page",
            answer(502, "Content-Type: text/html", "<center>nginx</center>"),
            "502 Reason 502 (an HTML page)",
            SERVER_FAILED));
    all.add(odd("599", json(599, "{\"message\": \"odd\"}"), "599 odd", SERVER_FAILED));
    all.add(odd("600", json(600, "{}"), "600 Reason 600", SERVER_FAILED));
    all.add(odd("999", json(999, "{}"), "999 Reason 999", SERVER_FAILED));
    all.add(
        odd(
            "020",
            "HTTP/1.1 020 Odd\r\n\r\n",
            "the answer is not valid HTTP: Invalid response: 20",
            CHECK_URL));
    all.add(
        odd(
            "two digits",
            "HTTP/1.1 20 Odd\r\n\r\n",
            "the answer is not valid HTTP: Status line contains invalid status code; error at offset 11: <HTTP/1.1 20 Odd>",
            CHECK_URL));
  }

  private static void waits(List<OddAnswer> all) {
    String day = "Date: Wed, 21 Oct 2026 07:28:00 GMT\r\n";
    all.add(
        odd(
            "a wait that is negative",
            answer(429, "Retry-After: -5", ""),
            "429 Reason 429",
            "the server asks for fewer calls: try again later"));
    all.add(
        odd(
            "a wait that is nonsense",
            answer(503, "Retry-After: soon", ""),
            "503 Reason 503",
            SERVER_FAILED));
    all.add(
        odd(
            "a wait that is over",
            answer(503, day + "Retry-After: Wed, 21 Oct 2026 07:00:00 GMT", ""),
            "503 Reason 503",
            SERVER_FAILED));
    all.add(
        odd(
            "a wait of nothing",
            answer(429, "Retry-After: 0", ""),
            "429 Reason 429",
            "the server asks for fewer calls: try again later"));
    all.add(
        odd(
            "a wait of an hour",
            answer(429, "Retry-After: 3600", ""),
            "429 Reason 429; it asks to wait 60 min, until TIME",
            "the server asks for fewer calls: try again after TIME"));
    all.add(
        odd(
            "a wait of an hour, as a date",
            answer(503, day + "Retry-After: Wed, 21 Oct 2026 08:28:00 GMT", ""),
            "503 Reason 503; it asks to wait 60 min, until TIME",
            "the server failed: try again after TIME, then ask those who run it"));
    all.add(
        odd(
            "a wait without end",
            answer(429, "Retry-After: " + "9".repeat(400), ""),
            "429 Reason 429; it asks to wait 24855 days, until TIME",
            "the server asks for fewer calls: try again after TIME"));
  }

  private static void bodies(List<OddAnswer> all) {
    all.add(fine("in chunks, each of a byte", chunks(utf8(LISTING), 1)));
    all.add(fine("until the connection ends", body("application/json", utf8(LISTING))));
    all.add(fine("without a type", utf8("HTTP/1.0 200 OK\r\n\r\n" + LISTING)));
    all.add(
        odd(
            "no body at all",
            json(200, ""),
            "the answer is not what the API promises: the answer is empty",
            CHECK_URL));
    all.add(
        odd(
            "white space alone",
            json(200, " \r\n"),
            "the answer is not what the API promises: the answer is empty",
            CHECK_URL));
    all.add(
        odd(
            "a length that is too long",
            "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + LISTING,
            CUT_OFF,
            AGAIN));
    all.add(
        odd(
            "a length that is too short",
            "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + LISTING,
            CUT_OFF,
            AGAIN));
    all.add(
        odd(
            "chunks without an end",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
            CUT_OFF,
            AGAIN));
    all.add(
        odd(
            "a chunk that is cut off",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n[",
            CUT_OFF,
            AGAIN));
    all.add(
        odd(
            "a chunk whose size is none",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsize\r\n[]\r\n0\r\n\r\n",
            BAD_CHUNK,
            BAD_CHUNK_HINT));
    all.add(
        odd(
            "a chunk of a negative size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n[]\r\n0\r\n\r\n",
            BAD_CHUNK,
            BAD_CHUNK_HINT));
    all.add(
        odd(
            "a page",
            answer(200, "Content-Type: text/html", "<html>"),
            "the answer is an HTML page, not the API's JSON",
            "there may be a proxy or a login page between here and the cluster; " + CHECK_URL));
    all.add(
        odd(
            "two documents",
            json(200, "[] []"),
            "the answer is not what the API promises: something follows where the JSON should end",
            CHECK_URL));
    all.add(
        odd(
            "no JSON",
            json(200, "pong"),
            "the answer is not valid JSON, at line 1, column 1",
            CHECK_URL));
  }

  private static void otherProtocols(List<OddAnswer> all) {
    all.add(odd("nothing", "", "the server closed the connection without an answer", NO_ANSWER));
    all.add(
        new OddAnswer(
            "a reset",
            (number, request, wire) -> wire.reset(),
            "the connection failed: Connection reset",
            NETWORK));
    all.add(
        odd(
            "HTTP/0.9",
            LISTING,
            "the answer is not valid HTTP: Invalid protocol version; error at offset 0: <[{\"id\":\"55555555-5555-4555-8555-555555555555\",\"description\":\"Grafana \u00c3\u00bcber alles\",\"permissions\":[]}]>",
            CHECK_URL));
    all.add(
        odd(
            "HTTP/2's first frame",
            new String(
                new byte[] {
                  0, 0, 18, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100, 0, 4, 0, 1, 0, 0, 0, 6, 0, 0, 32,
                  0
                },
                StandardCharsets.ISO_8859_1),
            "the answer is not valid HTTP: Invalid protocol version; error at offset 0: <[0x00][0x00][0x12][0x04][0x00][0x00][0x00][0x00][0x00][0x00][0x03][0x00][0x00][0x00]d[0x00][0x04][0x00][0x01][0x00][0x00][0x00][0x06][0x00][0x00] [0x00]>",
            CHECK_URL));
    all.add(
        odd(
            "HTTP/2's preface",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "the answer is not valid HTTP: Invalid protocol version; error at offset 0: <PRI * HTTP/2.0>",
            CHECK_URL));
    all.add(
        odd(
            "HTTP/2 in the status line",
            "HTTP/2 200 OK\r\n\r\n[]",
            "the answer is not valid HTTP: Unsupported version: HTTP/2.2",
            CHECK_URL));
    all.add(
        odd(
            "HTTP/9.9",
            "HTTP/9.9 200 OK\r\n\r\n[]",
            "the answer is not valid HTTP: Unsupported version: HTTP/9.9",
            CHECK_URL));
    all.add(
        new OddAnswer(
            "TLS at a plain port",
            (n, r, wire) -> {
              wire.send(new byte[] {0x15, 3, 1, 0, 2, 2, 70});
              wire.close();
            },
            "the server speaks TLS at this port, and not plain HTTP",
            "write https:// in the URL URL"));
    all.add(
        odd(
            "SSH",
            "SSH-2.0-OpenSSH_9.2\r\n",
            "the answer is not valid HTTP: Invalid protocol version; error at offset 0: <SSH-2.0-OpenSSH_9.2>",
            CHECK_URL));
    all.add(
        odd(
            "SMTP",
            "220 mail.example.com ESMTP\r\n",
            "the answer is not valid HTTP: Invalid protocol version; error at offset 0: <220 mail.example.com ESMTP>",
            CHECK_URL));
    all.add(
        odd(
            "a part of the status line",
            "HTTP/1.1 2",
            "the answer is not valid HTTP: Status line contains invalid status code; error at offset 10: <HTTP/1.1 2>",
            CHECK_URL));
    all.add(
        odd(
            "headers that are cut off",
            "HTTP/1.1 200 OK\r\nContent-Ty",
            "the answer is not valid HTTP: Invalid header: <Content-Ty>",
            CHECK_URL));
    all.add(
        odd(
            "bytes of all kinds",
            new String(new byte[] {7, 0, 27, 91, 50, 74, -1, -2}, StandardCharsets.ISO_8859_1),
            "the answer is not valid HTTP: Invalid protocol version; error at offset 0: <[0x07][0x00][0x1b][2J\u00c3\u00bf\u00c3\u00be>",
            CHECK_URL));
  }

  private static OddAnswer fine(String name, byte[] answer) {
    return odd(name, answer, "", "");
  }

  private static OddAnswer odd(String name, String answer, String error, String hint) {
    return odd(name, utf8(answer), error, hint);
  }

  private static OddAnswer odd(String name, String head, byte[] body, String error, String hint) {
    return odd(name, join(utf8(head), body), error, hint);
  }

  private static OddAnswer odd(String name, byte[] answer, String error, String hint) {
    return new OddAnswer(
        name,
        (number, request, wire) -> {
          wire.send(answer);
          wire.close();
        },
        error,
        hint);
  }

  private static byte[] coded(String coding, byte[] body) {
    return coded(200, coding, body);
  }

  private static byte[] coded(int status, String coding, byte[] body) {
    return join(
        utf8(
            "HTTP/1.1 "
                + status
                + " Odd\r\nContent-Type: application/json\r\nContent-Encoding: "
                + coding
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n"),
        body);
  }

  private static byte[] body(String type, byte[] body) {
    return join(utf8("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n"), body);
  }

  private static byte[] chunks(byte[] body, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < body.length; i += size) {
      int length = Math.min(size, body.length - i);
      out.writeBytes(utf8(Integer.toHexString(length) + "\r\n"));
      out.write(body, i, length);
      out.writeBytes(utf8("\r\n"));
    }
    out.writeBytes(utf8("0\r\n\r\n"));
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] in(String charset, String text) {
    return text.getBytes(Charset.forName(charset));
  }

  private static byte[] gzip(byte[] bytes) {
    return written(GZIPOutputStream::new, bytes);
  }

  private static byte[] zlib(byte[] bytes) {
    return written(DeflaterOutputStream::new, bytes);
  }

  private static byte[] deflate(byte[] bytes) {
    return written(
        out -> new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true)),
        bytes);
  }

  /** That many MiB of white space in gzip. */
  private static byte[] spaces(int mebibytes) {
    byte[] some = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      for (int i = 0; i < mebibytes; i++) {
        gzip.write(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** With all that a header of gzip may have. */
  private static byte[] named(byte[] gzip) {
    byte[] head = new byte[10];
    System.arraycopy(gzip, 0, head, 0, 10);
    head[3] = 2 | 4 | 8 | 16;
    byte[] rest = new byte[gzip.length - 10];
    System.arraycopy(gzip, 10, rest, 0, rest.length);
    return join(head, new byte[] {2, 0, 7, 7}, utf8("name\0comment\0xx"), rest);
  }

  private static byte[] repeated(byte[] bytes, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] cut(byte[] bytes, int missing) {
    byte[] part = new byte[bytes.length - missing];
    System.arraycopy(bytes, 0, part, 0, part.length);
    return part;
  }

  private static byte[] changed(byte[] bytes, int fromEnd) {
    byte[] other = bytes.clone();
    other[bytes.length + fromEnd] ^= 1;
    return other;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] written(Coding coding, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream to = coding.over(out)) {
      to.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Writes in a coding. */
  @FunctionalInterface
  private interface Coding {
    OutputStream over(OutputStream out) throws IOException;
  }
}
