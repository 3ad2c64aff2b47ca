package dev.qudag.operator.proposal.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.check.CheckRun.Ending;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImagesInUseTest {
  private static final Ending OLD = new Ending("image@sha256:aa", Optional.empty(), Tries.FIRST);
  private static final Ending NEW = new Ending("image@sha256:bb", Optional.empty(), Tries.FIRST);
  private static final ImagesInUse IMAGES =
      new ImagesInUse(
          List.of(
              pod("image:1", NEW.image(), "2026-01-01T00:00:02Z"),
              pod("image:1", OLD.image(), "2026-01-01T00:00:01Z"),
              pod("other:1", "image@sha256:cc", "2026-01-01T00:00:03Z"),
              pod("image:1", "", "2026-01-01T00:00:04Z")));

  @Test
  void aReferenceStandsForWhatItsLastRunHad() {
    assertThat(IMAGES.isOutdated("image:1", OLD)).isTrue();
    assertThat(IMAGES.isOutdated("image:1", NEW)).isFalse();
  }

  @Test
  void aReferenceByDigestStandsForThat() {
    assertThat(IMAGES.isOutdated("image:1@sha256:aa", OLD)).isFalse();
  }

  @Test
  void whatNeverRanSaysNothing() {
    assertThat(IMAGES.isOutdated("image:2", OLD)).isFalse();
  }

  private static Pod pod(String reference, String image, String startedAt) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("pod")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(CheckJob.CHECK)
        .withImage(reference)
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addNewContainerStatus()
        .withName(CheckJob.CHECK)
        .withImageID(image)
        .withNewState()
        .withNewRunning(startedAt)
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
