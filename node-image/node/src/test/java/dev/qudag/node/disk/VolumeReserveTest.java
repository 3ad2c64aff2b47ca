package dev.qudag.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeReserveTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"64, 16", "320, 16", "1000, 50", "5120, 256", "1000000, 256"})
  void isAShareOfTheVolumeWithinBounds(long totalMib, long reserveMib) {
    assertThat(new TestingSpace(totalMib * MIB, 0).reserve().bytes()).isEqualTo(reserveMib * MIB);
  }

  @Test
  void saysWhatIsFreeWhatIsNeededAndWhatIsKept() {
    TestingSpace space = new TestingSpace(1000 * MIB, 60 * MIB);

    assertThat(space.reserve().lacking(10 * MIB)).isEmpty();
    assertThat(space.reserve().lacking(10 * MIB + 1))
        .contains(
            "the volume has 62914560 bytes free, 10485761 are needed, and 52428800 are kept for what was accepted before");
    assertThatThrownBy(() -> space.reserve().require(11 * MIB))
        .isInstanceOf(VolumeFullException.class)
        .hasMessageStartingWith("VolumeFull: the volume has ");
  }

  @Test
  void isOverAsSoonAsThereIsRoom() {
    TestingSpace space = new TestingSpace(1000 * MIB, 49 * MIB);
    VolumeReserve reserve = space.reserve();
    assertThat(reserve.isInUse()).isTrue();

    space.free(51 * MIB);

    assertThat(reserve.isInUse()).isFalse();
  }
}
