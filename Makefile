# make         installs what is missing, builds livret, prints the sample project into output/
# make test    installs what the tests need, checks and tests everything

SHELL := /bin/bash
LIVRET := target/release/livret
# As root Chrome cannot use its sandbox; livret then says so by itself.

.PHONY: all build print test fmt lint doc unit sample accessibility bench clean

all: print

build:
	@scripts/setup.sh build
	cargo build --release --locked

print: build
	$(LIVRET) build

# All in the release profile, which is built anyway: compiling the dependencies takes most of the time.
test: fmt lint doc unit sample

fmt:
	@scripts/setup.sh test
	cargo fmt --check

lint:
	cargo clippy --release --locked --all-targets -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --no-deps --document-private-items

# Without Chrome the tests that print or look at pages are skipped, without axe-core that of accessibility; here they
# must run. Tests of the inside are compiled for themselves alone: faster so than they would run faster. Of the others
# half wait, for Chrome and for what is to happen.
unit: export LIVRET_TEST_CHROME = required
unit: export LIVRET_TEST_AXE = required
unit:
	@scripts/setup.sh test
	@scripts/checkers.sh axe
	cargo test --release --locked --lib --config profile.release.package.livret.opt-level=0
	RUST_TEST_THREADS=$$((2 * $$(nproc))) cargo test --release --locked --bins --test '*'
	cargo test --release --locked --doc

# The sample project, printed by the tested program; its words against the official text where that is at hand.
sample:
	cargo run --release --locked --quiet -- build --output target/sample
	@scripts/fidelity.sh target/sample/referentiels/charge-accueil/2024/livret-vierge.pdf

# What archives and screen readers ask for, by checkers from PyPI, on all PDFs of the sample, the examples and another
# branche, and on bundles; by veraPDF too where LIVRET_VERAPDF names it (see scripts/accessibility.sh).
accessibility:
	@scripts/setup.sh accessibility
	@scripts/printed.sh target/printed
	@scripts/accessibility.sh target/printed

# How fast builds are; takes minutes. See docs/performance.md.
bench:
	@scripts/setup.sh build
	cargo bench --locked --bench build
	cargo bench --locked --bench watch

clean:
	cargo clean
	rm -rf output
