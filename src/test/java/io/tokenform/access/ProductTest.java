package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProductTest {
  @Test
  void productsAreNamedByTheirWordsAndNothingElse() {
    assertThat(Product.words()).containsExactly("cloud-dedicated", "clustered", "sandbox");
    for (Product product : Product.values()) {
      assertThat(Product.named(product.word())).contains(product);
      assertThat(product).hasToString(product.word());
    }
    assertThat(Product.named("Clustered")).isEmpty();
    assertThat(Product.named("CLOUD_DEDICATED")).isEmpty();
    assertThat(Product.named("")).isEmpty();
  }
}
