package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a room does with each kind of change is found by the kind. */
class PartsTest {
  private record UpdatePart() implements Parts.Part<Update> {
    @Override
    public Class<Update> type() {
      return Update.class;
    }
  }

  private final UpdatePart part = new UpdatePart();

  @Test
  void aChangeAndItsKindHaveTheSamePart() throws Exception {
    Parts<UpdatePart> parts = new Parts<>(List.of(part));
    Change change =
        new PlanWorld()
            .with(token(1, "Grafana"))
            .update("tokens: {grafana: {description: Grafana, permissions: {read: [logs]}}}\n");

    assertThat(parts.of(change)).isSameAs(part);
    assertThat(parts.of(Kind.UPDATE)).isSameAs(part);
  }

  @Test
  void twoPartsForOneKindAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Parts<>(List.of(part, new UpdatePart())));
  }

  @Test
  void aKindWithoutAPartIsSaidSo() {
    Parts<UpdatePart> none = new Parts<>(List.of());

    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> none.of(Kind.UPDATE))
        .withMessage("no part for update");
  }

  @Test
  void aKindIsFoundByItsWord() {
    assertThat(Kind.named("update")).contains(Kind.UPDATE);
    assertThat(Kind.named("UPDATE")).isEmpty();
    assertThat(Kind.UPDATE.type()).isEqualTo(Update.class);
    assertThat(Kind.UPDATE).hasToString("update");
  }
}
