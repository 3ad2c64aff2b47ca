package dev.qudag.operator.proposal;

import dev.qudag.operator.proposal.check.CheckJob;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What the controllers of Jobs and quotas, and the kubelet, would do on a server that has none. */
final class TestingJobs {
  private final KubernetesClient client;

  TestingJobs(KubernetesClient client) {
    this.client = client;
  }

  /** The pod of a Job has run the check, which ended so. */
  void end(Job job, int exitCode) {
    var template = job.getSpec().getTemplate();
    Pod pod =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withGenerateName(job.getMetadata().getName() + "-")
                    .withNamespace(job.getMetadata().getNamespace())
                    .withLabels(template.getMetadata().getLabels())
                    .addNewOwnerReference()
                    .withApiVersion("batch/v1")
                    .withKind("Job")
                    .withName(job.getMetadata().getName())
                    .withUid(job.getMetadata().getUid())
                    .endOwnerReference()
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .build())
            .create();
    String now = now();
    client
        .resource(pod)
        .editStatus(
            p ->
                p.edit()
                    .editStatus()
                    .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                    .addNewContainerStatus()
                    .withName(CheckJob.CHECK)
                    .withImage("image:1")
                    .withImageID("image@sha256:aa")
                    .withReady(false)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(exitCode)
                    .withStartedAt(now)
                    .withFinishedAt(now)
                    .endTerminated()
                    .endState()
                    .endContainerStatus()
                    .endStatus()
                    .build());
  }

  /** The namespace takes so many Jobs. */
  void allow(String count) {
    var hard = Map.of("count/jobs.batch", new Quantity(count));
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("jobs")
            .endMetadata()
            .withNewSpec()
            .withHard(hard)
            .endSpec()
            .build();
    quota = client.resource(quota).createOr(old -> old.update());
    client
        .resource(quota)
        .editStatus(
            q ->
                q.edit()
                    .withNewStatus()
                    .withHard(hard)
                    .withUsed(Map.of("count/jobs.batch", new Quantity("0")))
                    .endStatus()
                    .build());
  }

  /** The Job controller finds out that the cluster takes no pod of a Job. */
  void refusePod(Job job, String words) {
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withGenerateName(job.getMetadata().getName() + "-")
                .withNamespace(job.getMetadata().getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(job.getMetadata().getName())
                .withNamespace(job.getMetadata().getNamespace())
                .withUid(job.getMetadata().getUid())
                .endInvolvedObject()
                .withType("Warning")
                .withReason("FailedCreate")
                .withMessage(words)
                .withLastTimestamp(now())
                .build())
        .create();
  }

  private static String now() {
    return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
