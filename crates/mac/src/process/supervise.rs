//! Sees a tool through to its end, and to the end of all that it started.

use std::io::Write as _;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::Patience;
use super::child::{Group, exit_of};
use super::collected::Collected;
use super::spawn::Io;
use super::watch::{Event, dictate, listen};
use crate::conversation::{Action, Conversation};
use crate::{Answer, Call, Exit, RunError, Terminal};

/// Where a tool is on its way to the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It has its time.
    Running,
    /// It was asked to end.
    Asked,
    /// It was killed.
    Killed,
    /// It has ended by itself; only what it wrote last is missing.
    Ended,
    /// It has ended, and so has everything in its group; somebody outside still holds its output.
    Abandoned,
}

/// Why there will be no answer.
#[derive(Clone, Copy)]
enum Fault {
    TooSlow,
    TooLoud,
}

struct Supervision<'a> {
    call: &'a Call,
    patience: Patience,
    group: Group,
    conversation: Conversation<'a>,
    keyboard: Option<std::fs::File>,
    collected: Collected,
    streams_open: usize,
    phase: Phase,
    until: Instant,
    fault: Option<Fault>,
    ended: bool,
}

pub(super) fn supervise(
    child: std::process::Child,
    io: Io,
    call: &Call,
    patience: Patience,
) -> Result<Answer, RunError> {
    let (send, events) = channel();
    let streams_open = io.from_tool.len();
    for (stream, from) in io.from_tool {
        listen(stream, from, send.clone());
    }
    if let Some(dictation) = io.to_stdin {
        dictate(dictation);
    }
    let mut supervision = Supervision {
        call,
        patience,
        group: Group::watch(child, send),
        conversation: Conversation::new(&call.feed),
        keyboard: io.keyboard,
        collected: Collected::default(),
        streams_open,
        phase: Phase::Running,
        until: Instant::now() + call.timeout,
        fault: None,
        ended: false,
    };
    supervision.watch(&events);
    supervision.conclude(&events)
}

impl Supervision<'_> {
    /// Listens until the tool has ended and is silent, or no longer matters.
    fn watch(&mut self, events: &Receiver<Event>) {
        while !self.is_over() {
            // Looked at first, since a tool that never pauses would otherwise never run out of time.
            if Instant::now() >= self.until {
                self.time_is_up();
                continue;
            }
            match events.recv_timeout(self.until.saturating_duration_since(Instant::now())) {
                Ok(Event::Heard(stream, bytes)) => {
                    if !self.collected.add(stream, &bytes, self.call.output_limit) {
                        self.fault = Some(Fault::TooLoud);
                        self.kill();
                    } else if self.keyboard.is_some() {
                        self.talk(&bytes);
                    }
                }
                Ok(Event::Silent) => self.streams_open -= 1,
                Ok(Event::Ended) => {
                    self.ended = true;
                    self.enter(Phase::Ended, self.patience.to_fall_silent);
                }
                Ok(Event::Reaped(_)) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// With a fault nobody reads the rest; without one the answer is whole when every stream is silent.
    fn is_over(&self) -> bool {
        self.ended && (self.streams_open == 0 || self.fault.is_some() || self.conversation.hung_up())
            || self.phase == Phase::Abandoned
    }

    fn talk(&mut self, heard: &[u8]) {
        match self.conversation.hear(heard) {
            None => {}
            Some(Action::Type(bytes)) => {
                if let Some(keyboard) = &mut self.keyboard {
                    // A tool that has hung up in the meantime will be heard to end.
                    let _ = keyboard.write_all(&bytes);
                }
            }
            Some(Action::HangUp) => self.ask_to_end(),
        }
    }

    fn time_is_up(&mut self) {
        match self.phase {
            Phase::Running => {
                self.fault = Some(Fault::TooSlow);
                self.ask_to_end();
            }
            Phase::Asked => self.kill(),
            Phase::Ended => {
                self.group.kill();
                self.enter(Phase::Killed, self.patience.to_fall_silent);
            }
            Phase::Killed => self.phase = Phase::Abandoned,
            Phase::Abandoned => {}
        }
    }

    fn ask_to_end(&mut self) {
        self.group.terminate();
        self.enter(Phase::Asked, self.patience.to_obey);
    }

    fn kill(&mut self) {
        self.group.kill();
        self.enter(Phase::Killed, self.patience.to_obey);
    }

    fn enter(&mut self, phase: Phase, lasting: Duration) {
        self.phase = phase;
        self.until = Instant::now() + lasting;
    }

    /// Leaves nothing of the group behind, and gives the answer or says why there is none.
    fn conclude(mut self, events: &Receiver<Event>) -> Result<Answer, RunError> {
        let exit = self.reap(events);
        if let Some(Fault::TooLoud) = self.fault {
            return Err(RunError::TooMuchOutput {
                limit: self.call.output_limit,
            });
        }
        let terminal = self.keyboard.is_some().then(|| Terminal {
            answered: self.conversation.answered(),
            asked_too_much: self.conversation.hung_up(),
            ..Terminal::default()
        });
        let answer = |exit| self.collected.answer(exit, &self.call.feed.secrets(), terminal);
        if let Some(Fault::TooSlow) = self.fault {
            let so_far = Box::new(answer(exit.unwrap_or(Exit::Signal(Signal::KILL.as_raw()))));
            return Err(RunError::TimedOut {
                after: self.call.timeout,
                so_far,
            });
        }
        exit.map(answer).map_err(|source| RunError::Io {
            doing: "wait for the tool",
            source,
        })
    }

    /// Ends the group, hears what is left to hear, and answers how the tool ended.
    fn reap(&mut self, events: &Receiver<Event>) -> std::io::Result<Exit> {
        self.group.kill();
        self.group.release();
        loop {
            match events.recv_timeout(self.patience.to_obey) {
                Ok(Event::Heard(stream, bytes)) => {
                    self.collected.add(stream, &bytes, self.call.output_limit);
                }
                Ok(Event::Reaped(status)) => return status.map(exit_of),
                Ok(Event::Silent | Event::Ended) => {}
                Err(_) => return Err(std::io::Error::other("the tool does not end")),
            }
        }
    }
}
