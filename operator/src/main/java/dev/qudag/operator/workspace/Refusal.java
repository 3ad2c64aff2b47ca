package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.WorkspaceReason;

/**
 * Why a sidecar cannot join the swarm.
 *
 * @param message the object concerned, and what a person does about it
 */
record Refusal(WorkspaceReason reason, String message) {}
