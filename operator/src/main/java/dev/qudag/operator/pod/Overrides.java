package dev.qudag.operator.pod;

import dev.qudag.api.v1alpha1.PodOverrides;
import dev.qudag.api.v1alpha1.PodToleration;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code podOverrides} over a pod that is built. The operator's own labels and annotations
 * win.
 */
public final class Overrides {
  private Overrides() {}

  public static PodTemplateSpec apply(PodTemplateSpec template, @Nullable PodOverrides overrides) {
    if (overrides == null) {
      return template;
    }
    return new PodTemplateSpecBuilder(template)
        .editMetadata()
        .withLabels(under(overrides.labels(), template.getMetadata().getLabels()))
        .withAnnotations(under(overrides.annotations(), template.getMetadata().getAnnotations()))
        .endMetadata()
        .editSpec()
        .addToNodeSelector(overrides.nodeSelector())
        .addAllToTolerations(overrides.tolerations().stream().map(Overrides::toleration).toList())
        .addAllToImagePullSecrets(
            overrides.imagePullSecrets().stream()
                .map(ref -> new LocalObjectReference(ref.name()))
                .toList())
        .withRuntimeClassName(overrides.runtimeClassName())
        .withPriorityClassName(overrides.priorityClassName())
        .endSpec()
        .build();
  }

  private static Map<String, String> under(
      Map<String, String> given, @Nullable Map<String, String> own) {
    Map<String, String> all = new HashMap<>(given);
    if (own != null) {
      all.putAll(own);
    }
    return all;
  }

  private static Toleration toleration(PodToleration given) {
    return new TolerationBuilder()
        .withKey(given.key())
        .withOperator(given.operator() == null ? null : given.operator().toString())
        .withValue(given.value())
        .withEffect(given.effect() == null ? null : given.effect().toString())
        .withTolerationSeconds(given.tolerationSeconds())
        .build();
  }
}
