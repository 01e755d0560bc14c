package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsideTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new World(
              InputStream.nullInputStream(),
              screen,
              screen,
              Terminals.none(),
              Map.of(),
              Path.of("."),
              Clock.systemUTC(),
              Interrupts.NONE));

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsSaidAsideIsHeardOnceWhenItIsToldAndInItsOrder() {
    Aside aside = new Aside("prod-eu");
    Console teller = console.speakingTo(aside);
    teller.print("first\n");
    teller.error("second", Optional.empty());
    teller.print("third\n");
    console.print("meanwhile\n");
    assertThat(shown()).isEqualTo("meanwhile\n");

    console.tell(aside);
    console.tell(aside);

    assertThat(shown()).isEqualTo("meanwhile\nfirst\nerror: second\nthird\n");
  }

  @Test
  void eachPartIsToldWhenItsTurnComes() {
    Aside one = new Aside("one");
    Aside two = new Aside("two");
    console.speakingTo(two).print("two\n");
    console.speakingTo(one).print("one\n");
    console.tell(one);
    console.tell(two);
    assertThat(shown()).isEqualTo("one\ntwo\n");
  }
}
