package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * What a cluster may need said about the pods of a kind: a curated list, not a whole pod template.
 */
@ApiRecord
public record PodOverrides(
    @Size(max = 16) @JsonPropertyDescription("Labels that the pod's node must have.")
        Map<String, @Size(max = 63) String> nodeSelector,
    @Size(max = 16) @JsonPropertyDescription("Taints that the pod tolerates.")
        List<PodToleration> tolerations,
    @Size(max = 8)
        @JsonPropertyDescription("Secrets with credentials for the registry of the pod's images.")
        List<LocalRef> imagePullSecrets,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription("RuntimeClass of the pod, for example a sandbox.")
        String runtimeClassName,
    @Size(min = 1, max = 253) @JsonPropertyDescription("PriorityClass of the pod.")
        String priorityClassName,
    @Size(max = 16)
        @ValidationRule(
            value =
                "self.all(k, !k.startsWith('qudag.dev/') && !k.startsWith('app.kubernetes.io/'))",
            message =
                "labels under qudag.dev/ and app.kubernetes.io/ belong to the operator: use another prefix")
        @JsonPropertyDescription("Further labels of the pod.")
        Map<String, @Size(max = 63) String> labels,
    @Size(max = 16)
        @ValidationRule(
            value = "self.all(k, !k.startsWith('qudag.dev/'))",
            message = "annotations under qudag.dev/ belong to the operator: use another prefix")
        @JsonPropertyDescription("Further annotations of the pod.")
        Map<String, @Size(max = 1024) String> annotations) {
  public PodOverrides {
    nodeSelector = Absent.orEmpty(nodeSelector);
    tolerations = Absent.orEmpty(tolerations);
    imagePullSecrets = Absent.orEmpty(imagePullSecrets);
    labels = Absent.orEmpty(labels);
    annotations = Absent.orEmpty(annotations);
  }
}
