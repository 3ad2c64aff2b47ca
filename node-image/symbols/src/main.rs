//! Answers one framed request after the other: docs/adr/0028. It is killed from outside when it takes too long.

mod grammar;
mod protocol;
mod syntax;

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

/// Bytes of address space: a parser that wants more dies, and nothing beside it. Files that people write take a
/// third of it; with the heap of a validator it must fit into the 512 MiB of its container.
const MOST_MEMORY: u64 = 128 << 20;

/// What the answers depend on.
const SOURCES: [&[u8]; 5] = [
    include_bytes!("../Cargo.lock"),
    include_bytes!("main.rs"),
    include_bytes!("grammar.rs"),
    include_bytes!("protocol.rs"),
    include_bytes!("syntax.rs"),
];

fn main() -> io::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("--version") => {
            println!("qudag-symbols {} {}", env!("CARGO_PKG_VERSION"), sources());
            Ok(())
        }
        Some(other) => {
            eprintln!("qudag-symbols takes --version or nothing, not '{}'", other.escape_debug());
            std::process::exit(2);
        }
        None => {
            limit(libc::RLIMIT_AS, MOST_MEMORY)?;
            limit(libc::RLIMIT_CORE, 0)?;
            limit(libc::RLIMIT_FSIZE, 0)?;
            serve(&mut io::stdin().lock(), &mut io::stdout().lock())
        }
    }
}

fn serve(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    while let Some(request) = protocol::read(input)? {
        protocol::write(output, &syntax::answer(&request))?;
    }
    Ok(())
}

fn sources() -> String {
    let mut digest = Sha256::new();
    for source in SOURCES {
        digest.update(source.len().to_be_bytes());
        digest.update(source);
    }
    syntax::hex(&digest.finalize())
}

fn limit(resource: libc::__rlimit_resource_t, most: u64) -> io::Result<()> {
    let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: the pointer is to a live value of the type that setrlimit(2) asks for.
    if unsafe { libc::setrlimit(resource, &limit) } == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}
