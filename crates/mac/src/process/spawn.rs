//! Starts a tool, with pipes or with a terminal.

use std::any::Any;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use process_wrap::std::{CommandWrap, ProcessSession};
use rustix::termios::{LocalModes, OptionalActions, OutputModes, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use super::screen::Screen;
use crate::{Call, RunError};

/// Our ends of what connects us to a tool.
pub(super) struct Io {
    /// What the tool writes, by the name of the stream.
    pub(super) from_tool: Vec<(Stream, Box<dyn Read + Send>)>,
    /// What the tool reads at once, and where it goes.
    pub(super) to_stdin: Option<Dictation>,
    /// Where to type.
    pub(super) keyboard: Option<File>,
}

/// Standard input of a tool, and all that goes there.
pub(super) struct Dictation {
    pub(super) to: Box<dyn Write + Send>,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

/// One of the streams that a tool writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
    Terminal,
}

pub(super) fn spawn(
    path: &Path,
    environment: &BTreeMap<OsString, OsString>,
    call: &Call,
) -> Result<(Child, Io), RunError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the runner: the one place that starts processes"
    )]
    let mut command = Command::new(path);
    command
        .args(&call.args)
        .env_clear()
        .envs(environment)
        .current_dir("/");
    let spawned = match call.feed.prompt_answers() {
        Some(_) => on_a_terminal(command),
        None => with_pipes(command, call),
    };
    spawned.map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => RunError::NotFound {
            path: path.to_owned(),
        },
        _ => RunError::Io {
            doing: "start the tool",
            source,
        },
    })
}

/// A new session, which has no terminal: the tool would otherwise ask the person who sits at ours instead of reading its pipe.
fn with_pipes(mut command: Command, call: &Call) -> io::Result<(Child, Io)> {
    let input = call.feed.stdin();
    let stdin = if input.is_some() {
        Stdio::piped()
    } else {
        Stdio::null()
    };
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    let in_session = CommandWrap::from(command).wrap(ProcessSession).spawn()?;
    let child: Box<dyn Any> = in_session.into_inner();
    let mut child = child
        .downcast::<Child>()
        .map_err(|_| io::Error::other("the session's leader is no process"))?;
    let mut from_tool: Vec<(Stream, Box<dyn Read + Send>)> = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        from_tool.push((Stream::Stdout, Box::new(stdout)));
    }
    if let Some(stderr) = child.stderr.take() {
        from_tool.push((Stream::Stderr, Box::new(stderr)));
    }
    let to_stdin = child.stdin.take().zip(input).map(|(stdin, bytes)| Dictation {
        to: Box::new(stdin),
        bytes,
    });
    Ok((
        *child,
        Io {
            from_tool,
            to_stdin,
            keyboard: None,
        },
    ))
}

/// A new session whose controlling terminal is ours: `getpass` and its like talk to that and to nothing else.
fn on_a_terminal(command: Command) -> io::Result<(Child, Io)> {
    let (ours, theirs) = pty_process::blocking::open().map_err(io_error)?;
    let mut modes = tcgetattr(&theirs)?;
    // Tools turn echo off when they ask for a password. Off from the start leaves no moment in between.
    modes.local_modes -= LocalModes::ECHO | LocalModes::ECHONL;
    modes.output_modes -= OutputModes::OPOST;
    tcsetattr(&theirs, OptionalActions::Now, &modes)?;
    let child = pty_process::blocking::Command::from(command)
        .spawn(theirs)
        .map_err(io_error)?;
    let keyboard = File::from(OwnedFd::from(ours));
    let screen = keyboard.try_clone()?;
    let from_tool: Vec<(Stream, Box<dyn Read + Send>)> = vec![(Stream::Terminal, Box::new(Screen(screen)))];
    Ok((
        child,
        Io {
            from_tool,
            to_stdin: None,
            keyboard: Some(keyboard),
        },
    ))
}

fn io_error(error: pty_process::Error) -> io::Error {
    if let pty_process::Error::Io(source) = error {
        source
    } else {
        io::Error::other(error.to_string())
    }
}
