package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Swarm that starts from a Git server in another pod and lands there. */
@Operated
class UpstreamE2E {
  /** Perl is there, since git needs it: {@code git http-backend} for one request at a time. */
  private static final String SERVER =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: upstream}
      data:
        serve.pl: |
          use strict;
          use IO::Socket::INET;
          use IPC::Open2;
          $SIG{PIPE} = 'IGNORE';
          my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 16, ReuseAddr => 1) or die $!;
          while (1) {
            my $client = $server->accept or next;
            my $first = <$client> // next;
            my ($method, $target) = split / /, $first;
            my ($path, $query) = split /\\?/, $target, 2;
            my %header;
            while (defined(my $line = <$client>)) {
              $line =~ s/\\r?\\n$//;
              last if $line eq '';
              my ($name, $value) = split /: */, $line, 2;
              $header{lc $name} = $value;
            }
            my $body = '';
            read $client, $body, $header{'content-length'} if $header{'content-length'};
            local %ENV = (PATH => $ENV{PATH}, HOME => '/tmp', GIT_PROJECT_ROOT => '/srv',
              GIT_HTTP_EXPORT_ALL => 1, REMOTE_USER => 'hub', REQUEST_METHOD => $method,
              PATH_INFO => $path, QUERY_STRING => $query // '',
              CONTENT_TYPE => $header{'content-type'} // '', CONTENT_LENGTH => length $body,
              HTTP_CONTENT_ENCODING => $header{'content-encoding'} // '',
              GIT_PROTOCOL => $header{'git-protocol'} // '');
            my $pid = open2(my $out, my $in, 'git', 'http-backend');
            print $in $body;
            close $in;
            my $answer = do { local $/; <$out> };
            waitpid $pid, 0;
            my ($head, $content) = split /\\r?\\n\\r?\\n/, $answer, 2;
            my $status = $head =~ s/^Status: ([^\\r\\n]*)\\r?\\n//m ? $1 : '200 OK';
            print $client "HTTP/1.1 $status\\r\\nConnection: close\\r\\nContent-Length: " . length($content)
              . "\\r\\n$head\\r\\n\\r\\n$content";
            close $client;
          }
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: upstream}
      spec:
        selector: {app: upstream}
        ports: [{port: 8080}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: upstream, labels: {app: upstream}}
      spec:
        securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
        containers:
        - name: git
          image: localhost/qudag/base:dev
          env: [{name: HOME, value: /tmp}]
          command: [sh, -ec]
          args:
          - |
            git config --global user.name grace
            git config --global user.email grace@example.invalid
            git init -q --bare -b main /srv/library.git
            git init -q -b main /tmp/w
            cd /tmp/w
            echo one > notes.txt
            git add -A
            git commit -qm start
            git push -q /srv/library.git main
            exec perl /etc/server/serve.pl
          readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          volumeMounts: [{name: srv, mountPath: /srv}, {name: server, mountPath: /etc/server}]
        volumes: [{name: srv, emptyDir: {}}, {name: server, configMap: {name: upstream}}]
      """;

  private static TestSwarm swarm;

  @BeforeAll
  static void startSwarm(TestSwarm its, KubernetesClient client) {
    swarm = its;
    swarm.apply(SERVER);
    client
        .pods()
        .inNamespace(client.getNamespace())
        .withName("upstream")
        .waitUntilReady(120, TimeUnit.SECONDS);
    swarm.apply(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: Swarm
        metadata: {name: %s}
        spec:
          repository:
            upstream: {url: "http://upstream:8080/library.git"}
            storage: {retention: Delete}
          validators: {replicas: 4}
        """
            .formatted(TestSwarm.NAME));
    swarm.awaitReady();
  }

  @Test
  void whatLandsIsAtUpstreamAndWhatOthersPushComesIn() {
    assertThat(TestSwarm.isTrue(swarm.swarm(), "UpstreamReachable")).isTrue();
    swarm.land("first");
    assertThat(filesAtUpstream()).containsExactlyInAnyOrder("notes.txt", "first.txt");
    assertThat(swarm.hubGit("rev-parse", "main")).isEqualTo(atUpstream("rev-parse", "main"));

    inThePod(
        "cd /tmp/w && git pull -q --ff-only /srv/library.git main && echo two > by-hand.txt"
            + " && git add -A && git commit -qm 'by hand' && git push -q /srv/library.git HEAD:main");
    swarm.awaitThat(
        "the branch follows upstream",
        () -> swarm.hubGit("rev-parse", "main").equals(atUpstream("rev-parse", "main")));

    swarm.land("second");
    assertThat(filesAtUpstream())
        .containsExactlyInAnyOrder("notes.txt", "first.txt", "by-hand.txt", "second.txt");
  }

  private static List<String> filesAtUpstream() {
    return atUpstream("ls-tree", "--name-only", "main").lines().toList();
  }

  private static String atUpstream(String... arguments) {
    return inThePod("git -C /srv/library.git " + String.join(" ", arguments));
  }

  private static String inThePod(String script) {
    return swarm.exec("upstream", "git", "sh", "-ec", script);
  }
}
