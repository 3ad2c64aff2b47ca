package dev.qudag.operator.status;

/**
 * Why a pod does not run, lifted into the status of the object that asked for it.
 *
 * @param reason one of the constants of {@link PodReasons}
 * @param message names the pod and what to do
 */
public record PodReason(String reason, String message) {}
