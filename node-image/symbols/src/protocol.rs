//! A request: length of what follows (4 bytes, big-endian), the language (1 byte), the file. An answer: its length, its text.

use std::io::{self, Read, Write};

/// Bytes of a file; the caller has the same limit.
pub const MOST_BYTES: usize = 160 << 10;

pub struct Request {
    pub language: u8,
    pub source: Vec<u8>,
}

/// None at the end of the input.
pub fn read(input: &mut impl Read) -> io::Result<Option<Request>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_be_bytes(length) as usize;
    if length == 0 || length > MOST_BYTES + 1 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a request of {length} bytes")));
    }
    let mut language = [0];
    input.read_exact(&mut language)?;
    let mut source = vec![0; length - 1];
    input.read_exact(&mut source)?;
    Ok(Some(Request { language: language[0], source }))
}

pub fn write(output: &mut impl Write, answer: &str) -> io::Result<()> {
    let length = u32::try_from(answer.len()).map_err(io::Error::other)?;
    output.write_all(&length.to_be_bytes())?;
    output.write_all(answer.as_bytes())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_was_framed_and_then_the_end() {
        let mut input: &[u8] = &[0, 0, 0, 3, b'P', b'a', b'b'];
        let request = read(&mut input).unwrap().unwrap();
        assert_eq!((request.language, request.source.as_slice()), (b'P', b"ab".as_slice()));
        assert!(read(&mut input).unwrap().is_none());
    }

    #[test]
    fn takes_no_more_than_its_limit() {
        let mut input: &[u8] = &[0xff, 0xff, 0xff, 0xff, b'P'];
        assert!(read(&mut input).is_err());
    }
}
