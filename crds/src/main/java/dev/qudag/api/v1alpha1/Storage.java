package dev.qudag.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A volume that the operator makes. It may grow, if its class allows that, and never shrinks. */
@ApiRecord
@ValidationRule(
    value =
        "has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)",
    message =
        "storageClassName is immutable: a volume cannot change its class; put the old value back")
public record Storage(
    @Required
        @Size(min = 1, max = 32)
        @Pattern(Storage.SIZE)
        @ValidationRule(value = Storage.GROWS, message = Storage.GROWS_MESSAGE)
        @JsonPropertyDescription(
            "Size of the volume in bytes, for example 256Mi. May grow, never shrinks.")
        String size,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "StorageClass of the volume; without it, the cluster's default class. Immutable.")
        String storageClassName) {
  static final String SIZE = "^[1-9][0-9]*(Ki|Mi|Gi|Ti|k|M|G|T)?$";
  static final String GROWS = "quantity(self).compareTo(quantity(oldSelf)) >= 0";
  static final String GROWS_MESSAGE =
      "a volume cannot shrink: put back the old size or a larger one";
}
