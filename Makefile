# QuDAG Swarm Operator. `make` prints the targets.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export JAVA_HOME := $(shell e2e/lib/java-home.sh)
ifeq ($(JAVA_HOME),)
$(error no JDK 25, see the line above)
endif

MVN := mvn --batch-mode --no-transfer-progress --quiet
UNIT_AND_IT := -Dqudag.tests='%regex[.*(Test|IT)[.]class]'
# But those of `make test-agents`, which takes other people's programs from their registries.
E2E := -Dqudag.tests='%regex[.*(?<!RealAgents)E2E[.]class]'

# All that the jars are made of: a change of any of it makes a new build.
SOURCES := $(shell git ls-files --cached --others --exclude-standard '*.java' '*.proto' '*pom.xml' 'crds/src/main/*' 'node-image/*/src/main/*' 'operator/src/main/*')
BUILT := target/built

.PHONY: help
help: ## Print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The generator leaves the class of a message that is gone from the .proto files; it would no longer compile.
GENERATED := node-image/proto/target/generated
$(GENERATED): $(wildcard node-image/proto/src/main/proto/*/*/*.proto)
	rm -rf $(@D) && mkdir -p $(@D) && touch $@

.PHONY: build
build: $(BUILT) ## Build every jar (no tests)
$(BUILT): $(SOURCES) $(GENERATED)
	@echo "building the jars"
	$(MVN) package -Dmaven.test.skip=true
	@mkdir -p $(@D) && touch $@

.PHONY: charts
charts: ## Generate the CRDs, their reference page, and their chart
	$(MVN) -pl crds -am test -Dqudag.tests='**/CrdYamlTest.java' -Dqudag.generate=true
	rm -f charts/qudag-crds/templates/*.yaml
	cp crds/src/main/resources/META-INF/qudag/*.yaml charts/qudag-crds/templates/

.PHONY: format
format: ## Format the Java sources
	$(MVN) spotless:apply

.PHONY: check-static
check-static: $(GENERATED) ## Format, Error Prone, NullAway, layers, sizes, Rust, CRD and chart lint, doc links
	$(MVN) spotless:check
	$(MVN) test-compile
	$(MVN) test -Dqudag.tests='%regex[.*(ArchitectureTest|CrdYamlTest)[.]class]'
	e2e/lib/check-sizes.sh
	e2e/lib/check-symbols.sh
	e2e/lib/check-docs.sh
	e2e/lib/check-charts.sh

.PHONY: test
test: tools $(GENERATED) ## Every test: unit, integration (real API server, git, gRPC), end to end on the cluster
	mvn --batch-mode --no-transfer-progress package $(UNIT_AND_IT)
	@mkdir -p target && touch $(BUILT)
	e2e/cluster up
	e2e/images
	mvn --batch-mode --no-transfer-progress test -pl e2e -am $(E2E)
	e2e/cluster down
	e2e/lib/check-cluster.sh

.PHONY: test-agents
test-agents: images ## Claude Code, Codex and Aider, as npm and PyPI bring them, each land a change
	e2e/images claude-code codex aider
	mvn --batch-mode --no-transfer-progress test -pl e2e -am -Dqudag.tests='**/RealAgentsE2E.java'

SEEDS ?= 1000
LARGE_SEEDS ?= 20
.PHONY: simulate
simulate: ## Swarms under faults and liars: SEEDS=10000 LARGE_SEEDS=20 plays so many, SEED=42 replays one
	$(MVN) -pl node-image/consensus -am test $(if $(SEED),-Dqudag.tests='**/SimplexSimulationTest.java' -Dqudag.simulation.seed=$(SEED),-Dqudag.tests='%regex[.*(SimplexSimulationTest|LargeSetSimulationTest)[.]class]' -Dqudag.simulation.seeds=$(SEEDS) -Dqudag.simulation.large-sets=$(LARGE_SEEDS))

.PHONY: simulate-large
simulate-large: ## Of these the large sets alone: LARGE_SEEDS=100 plays so many, SEED=42 replays one
	$(MVN) -pl node-image/consensus -am test -Dqudag.tests='**/LargeSetSimulationTest.java' $(if $(SEED),-Dqudag.simulation.large-set=$(SEED),-Dqudag.simulation.large-sets=$(LARGE_SEEDS))

MINUTES ?= 15
.PHONY: soak
soak: jj mergiraf $(GENERATED) ## Eight agents at work while nodes are killed at random: MINUTES=15, SEED=42 plays a seed again
	@seed=$(or $(SEED),$$(date +%s)); echo "seed $$seed"; \
	$(MVN) -pl node-image/node -am test -Dqudag.forks=1 -Dqudag.tests='**/SoakIT.java' -Dqudag.soak.minutes=$(MINUTES) -Dqudag.soak.seed=$$seed

.PHONY: mutate
mutate: ## Remove each rule of the ordering in turn, and print which check misses it
	$(MVN) -pl node-image/consensus -am test -Dqudag.tests='**/MutationProofTest.java' -Dqudag.mutation.seeds=60

.PHONY: jj
jj: # the longest build of all, beside which others go on
	e2e/cluster tool jj --version >/dev/null

.PHONY: symbols
symbols: # the parser of source files, built when its sources changed
	e2e/cluster tool symbols --version >/dev/null

.PHONY: mergiraf
mergiraf: jj # after it: both take all cores
	e2e/cluster tool mergiraf --version >/dev/null

.PHONY: tools
tools: jj symbols mergiraf ## Build what the tests run and no package brings: Kubernetes, jj, the parser of source files, mergiraf, Helm (once)
	e2e/cluster tool kubernetes kubectl version --client >/dev/null
	e2e/cluster tool helm version >/dev/null

.PHONY: check
check: check-static test ## check-static and test

.PHONY: cluster
cluster: ## Start the cluster
	e2e/cluster up

.PHONY: images
images: $(BUILT) cluster jj symbols mergiraf ## Build the images and load them into the cluster
	e2e/images

.PHONY: demo
demo: ## The whole story on a real cluster: six agents, four validators, one branch
	$(MAKE) --no-print-directory --jobs=3 images
	e2e/demo

.PHONY: bench-demo
bench-demo: images ## What the machinery costs: target/bench/demo.json
	@started=$$SECONDS; e2e/demo >/dev/null; echo $$((SECONDS - started)) >target/demo-warm-seconds
	$(MVN) test -pl e2e -am -Dqudag.tests='**/DemoBench.java'

.PHONY: bench-consensus
bench-consensus: ## How fast validators order, and what bounds it: target/bench/consensus.json
	rm -f target/bench/consensus*.json
	$(MVN) test -pl node-image/node -am -Dqudag.forks=1 -Dqudag.tests='%regex[.*(SimplexBench|SnowballBench|ConsensusBench|HandshakeBench)[.]class]'

.PHONY: bench-merge
bench-merge: jj symbols mergiraf $(GENERATED) ## How fast proposals are analysed and land, what clones lose and cost; BIG=1 clones 5 GB: target/bench/merge.json
	rm -f target/bench/merge*.json
	$(MVN) test -pl node-image/node -am -Dqudag.forks=1 $(if $(BIG),-Dqudag.bench.big=true) -Dqudag.tests='%regex[.*(AnalysisBench|LandingBench|ClonesBench|BigCloneBench)[.]class]'

# The cases are not here: SPORK=a clone of ASSERT-KTH/spork, PAIRS=one of ramachandrapetla/agentconflictbench,
# PROJECTS=a folder with clones of the projects it names, as owner/name.
.PHONY: bench-quality
bench-quality: symbols mergiraf $(GENERATED) ## What lands without a person, on merges by strangers: SPORK=… PAIRS=… PROJECTS=…: target/bench/merge.json
	rm -f target/bench/merge-quality.json
	$(MVN) test -pl node-image/merge -am -Dqudag.tests='**/QualityBench.java' -Dqudag.quality.spork='$(abspath $(SPORK))' -Dqudag.quality.pairs='$(abspath $(PAIRS))' -Dqudag.quality.projects='$(abspath $(PROJECTS))'

.PHONY: bench-crypto
bench-crypto: ## Signatures and hashes by provider (JMH): target/bench/crypto.json
	rm -f target/bench/crypto.json
	$(MVN) test -pl bench -am -Dqudag.tests='**/CryptoBench.java'

.PHONY: bench-queue
bench-queue: ## The queue against the policies of the field, in simulation: target/bench/queue.json
	rm -f target/bench/queue.json
	$(MVN) test -pl operator -am -Dqudag.tests='**/QueueBench.java'

.PHONY: bench
bench: bench-demo bench-consensus bench-merge bench-crypto bench-queue ## Every bench

.PHONY: down
down: ## Stop the cluster and remove all that it made
	e2e/cluster down

.PHONY: clean
clean: ## Remove what was built here (caches stay)
	rm -rf target
	$(MVN) clean
