//! Threads that wait, so that the supervisor can wait for all of it at one place.
//!
//! A thread that reads from a pipe ends when the pipe closes. When a process outside the tool's group holds the
//! pipe open, the supervisor stops listening and the thread stays until that process ends; it keeps nothing.

use std::io::{self, Read, Write as _};
use std::process::ExitStatus;
use std::sync::mpsc::Sender;

use zeroize::Zeroizing;

use super::spawn::{Dictation, Stream};

/// What happened to a tool.
pub(super) enum Event {
    /// It wrote this.
    Heard(Stream, Zeroizing<Vec<u8>>),
    /// It will write no more to one of its streams.
    Silent,
    /// It has ended and is not reaped.
    Ended,
    /// It was reaped.
    Reaped(io::Result<ExitStatus>),
}

/// Reads a stream to its end.
pub(super) fn listen(stream: Stream, mut from: Box<dyn Read + Send>, events: Sender<Event>) {
    std::thread::spawn(move || {
        let mut buffer = Zeroizing::new([0_u8; 16 << 10]);
        loop {
            match from.read(buffer.as_mut()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A terminal whose last user has gone gives an error on some systems and an end on others.
                Ok(0) | Err(_) => break,
                Ok(length) => {
                    let heard = Zeroizing::new(buffer[..length].to_vec());
                    if events.send(Event::Heard(stream, heard)).is_err() {
                        return;
                    }
                }
            }
        }
        let _ = events.send(Event::Silent);
    });
}

/// Writes all of standard input and closes it.
pub(super) fn dictate(mut dictation: Dictation) {
    std::thread::spawn(move || {
        // A tool that ends without reading it all has said why by other means.
        let _ = dictation.to.write_all(&dictation.bytes);
    });
}
