# Everything a developer or an operator runs by hand. `make help` lists it.
.DEFAULT_GOAL := help
GO ?= go
LINT := $(GO) tool -modfile=.ci/lint.mod
# -race needs a C compiler; `make test` does without, `make check` asks for one.
N ?= 1000
mutants: N = 20

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-20s %s\n", $$1, $$2}'

.PHONY: run
run: generate ## run everything on this machine: Postgres, migrations, demo data, server (PORT, DATABASE_URL)
	@mkdir -p .data && $(GO) build -o .data/kuukausi ./cmd/kuukausi && exec .data/kuukausi dev

.PHONY: generate
generate: ## make Go from the templates
	@$(GO) tool templ generate -log-level=error

.PHONY: test
test: generate ## all tests on a real Postgres, found or fetched; browser tests need Chromium
	$(GO) test -timeout 18m ./...

.PHONY: check
check: ## what CI runs: generate without a diff, format, vet, staticcheck, tests with the race detector, browser and accessibility
	$(GO) tool templ generate -log-level=error
	@git diff --exit-code -- '*_templ.go' || { echo 'generated code differs: commit what make generate made'; exit 1; }
	@test -z "$$(gofmt -l cmd internal migrations web | grep -v _templ.go)" || { gofmt -l cmd internal migrations web | grep -v _templ.go; echo 'gofmt would change these'; exit 1; }
	$(GO) vet ./...
	$(LINT) staticcheck ./...
	CGO_ENABLED=1 $(GO) test -race -timeout 18m ./...

.PHONY: proof
proof: ## the long runs: every page in all four accessibility views
	PROOF=1 $(GO) test -timeout 60m ./...

.PHONY: mutants
mutants: ## plant small faults one at a time and see whether the tests notice: make mutants N=20 SEED=1
	PROOF=mutants N=$(N) SEED=$(SEED) $(GO) test ./internal/mutants -timeout 120m -count 1 -v

.PHONY: bench
bench: ## figures a page at 1,000 and 20,000 cohorts, beside the floor program when ../shared has it (needs wrk)
	PROOF=bench $(GO) test ./cmd/kuukausi -run '^TestBench$$' -timeout 60m -v

.PHONY: pgo
pgo: ## take a profile with which the next build is optimised (not committed: it saves 5 % of CPU)
	@mkdir -p .data
	$(GO) test ./cmd/kuukausi -run '^$$' -bench '^BenchmarkPages$$' -benchtime 30s -cpuprofile cmd/kuukausi/default.pgo -o .data/pgo.test

.PHONY: seed-large
seed-large: generate ## a database of N cohorts for measuring: make seed-large N=20000 MIGRATE_DATABASE_URL=…
	$(GO) run ./cmd/kuukausi migrate up && $(GO) run ./cmd/kuukausi seed --large $(N)

.PHONY: psql
psql: ## try a query by hand on the development database, seeing what one person sees: make psql AS=veera.valmentava@example.org
	@test "$(origin AS)" != default || { echo 'say who looks: make psql AS=veera.valmentava@example.org'; exit 2; }
	@$(GO) run ./cmd/kuukausi psql $(AS)

.PHONY: schema
schema: ## write migrations/schema.sql from the migrations; make check compares it
	UPDATE_SCHEMA=1 $(GO) test ./internal/postgres/schema -run '^TestSchemaFile$$' -count 1

.PHONY: postgres-binaries
postgres-binaries: ## fetch PostgreSQL server binaries with npm into .data/pgbin
	$(GO) run ./cmd/kuukausi postgres

.PHONY: css
css: ## build web/static/govuk.css again (needs npm; the result is committed)
	@mkdir -p .data/css && cd .data/css && npm install --no-audit --no-fund --silent govuk-frontend@6.6.0 sass@1
	cd .data/css && npx sass --load-path=node_modules --style=compressed --no-source-map --quiet-deps ../../web/styles/govuk.scss ../../web/static/govuk.css

.PHONY: shots
shots: generate ## pictures of every page, light and dark, into .data/shots
	SHOTS=$(CURDIR)/.data/shots $(GO) test ./cmd/kuukausi -run 'TestAccessibility|TestPrint' -count 1

.PHONY: clean
clean: ## remove the development database and everything fetched
	rm -rf .data
