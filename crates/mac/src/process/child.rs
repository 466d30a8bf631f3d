//! A running tool and the process group that it leads.

use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, Sender, channel};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::watch::Event;
use crate::Exit;

/// The process group of a tool, for as long as the tool is not reaped and the number cannot belong to others.
pub(super) struct Group {
    leader: Option<Pid>,
    reap: Sender<()>,
}

impl Group {
    /// Watches a child from a thread. It sends [`Event::Ended`] when the child has ended, and
    /// [`Event::Reaped`] after [`Group::release`].
    pub(super) fn watch(child: Child, events: Sender<Event>) -> Self {
        let leader = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let (reap, may_reap) = channel();
        std::thread::spawn(move || watch(child, leader, &events, &may_reap));
        Self { leader, reap }
    }

    /// Asks every process of the group to end.
    pub(super) fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Ends every process of the group.
    pub(super) fn kill(&self) {
        self.signal(Signal::KILL);
    }

    /// Lets the child be reaped. From here on its number may belong to others, so there is no more group.
    pub(super) fn release(&self) {
        // The watching thread ends with the child, so it may have gone.
        let _ = self.reap.send(());
    }

    fn signal(&self, signal: Signal) {
        if let Some(leader) = self.leader {
            // A group of which only a zombie is left answers with an error, which is as good as success.
            let _ = kill_process_group(leader, signal);
        }
    }
}

fn watch(mut child: Child, leader: Option<Pid>, events: &Sender<Event>, may_reap: &Receiver<()>) {
    if let Some(leader) = leader {
        // Leaves the zombie in place, so that the group keeps its number while others are killed.
        let how = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while matches!(waitid(WaitId::Pid(leader), how), Err(rustix::io::Errno::INTR)) {}
    }
    // Whoever asked may have given up; the child is reaped all the same.
    let _ = events.send(Event::Ended);
    let _ = may_reap.recv();
    let _ = events.send(Event::Reaped(child.wait()));
}

pub(super) fn exit_of(status: ExitStatus) -> Exit {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => Exit::Signal(0),
    }
}
