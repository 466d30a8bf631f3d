//! A proxy between agent and server that can hold one request, or its answer, until the test takes its connection away.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use super::wait::BOUND;

/// What is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The request, before the server sees it.
    Request,
    /// The answer, after the server has done what it was asked.
    Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Wanted(&'static str, Side),
    Held,
    Cut,
}

#[derive(Debug)]
struct Gate {
    stage: Mutex<Stage>,
    changed: Condvar,
}

/// The proxy. It passes everything on but what it is told to hold.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    gate: Arc<Gate>,
}

impl Proxy {
    /// A proxy in front of the server at `upstream`.
    pub fn start(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let gate = Arc::new(Gate {
            stage: Mutex::new(Stage::Open),
            changed: Condvar::new(),
        });
        let (upstream, shared) = (upstream.to_owned(), Arc::clone(&gate));
        thread::spawn(move || {
            for client in listener.incoming() {
                pass_on(client.unwrap(), &upstream, &shared);
            }
        });
        Self { address, gate }
    }

    /// Its address, for agents.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Holds the next request whose path ends in `path`, or its answer.
    pub fn hold(&self, path: &'static str, side: Side) {
        self.gate.set(Stage::Wanted(path, side));
    }

    /// Waits until it is held.
    pub fn wait(&self) {
        let stage = self.gate.stage.lock().unwrap();
        let waiting = |stage: &mut Stage| *stage != Stage::Held;
        let (_stage, waited) = self
            .gate
            .changed
            .wait_timeout_while(stage, BOUND, waiting)
            .unwrap();
        assert!(!waited.timed_out(), "nothing came that was to be held");
    }

    /// Takes its connection away. What was held is lost.
    pub fn cut(&self) {
        self.gate.set(Stage::Cut);
    }
}

impl Gate {
    fn set(&self, stage: Stage) {
        *self.stage.lock().unwrap() = stage;
        self.changed.notify_all();
    }

    /// Whether a request that begins with `head` is the wanted one, and what of it is.
    fn is_wanted(&self, head: &[u8]) -> Option<Side> {
        let Stage::Wanted(path, side) = *self.stage.lock().unwrap() else {
            return None;
        };
        let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let wanted = format!("{path} HTTP/1.1");
        line.ends_with(wanted.as_bytes()).then_some(side)
    }

    /// Stands still until the connection is to be taken away.
    fn stand_still(&self) {
        let mut stage = self.stage.lock().unwrap();
        *stage = Stage::Held;
        self.changed.notify_all();
        let held = |stage: &mut Stage| *stage == Stage::Held;
        let (mut stage, _waited) = self.changed.wait_timeout_while(stage, BOUND, held).unwrap();
        *stage = Stage::Open;
    }
}

fn pass_on(client: TcpStream, upstream: &str, gate: &Arc<Gate>) {
    // Without a server the agent finds its connection closed, as it would without a proxy.
    let Ok(server) = TcpStream::connect(upstream) else {
        return;
    };
    let answer_is_wanted = Arc::new(AtomicBool::new(false));
    let (client_again, server_again) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let (up_gate, up_wanted) = (Arc::clone(gate), Arc::clone(&answer_is_wanted));
    thread::spawn(move || {
        copy(client, &server, |chunk| match up_gate.is_wanted(chunk) {
            Some(Side::Request) => {
                up_gate.stand_still();
                false
            }
            Some(Side::Answer) => {
                up_wanted.store(true, Ordering::SeqCst);
                true
            }
            None => true,
        });
    });
    let down_gate = Arc::clone(gate);
    thread::spawn(move || {
        copy(server_again, &client_again, |_| {
            match answer_is_wanted.load(Ordering::SeqCst) {
                true => {
                    down_gate.stand_still();
                    false
                }
                false => true,
            }
        });
    });
}

/// Copies until one side is gone or something must not pass, and takes the other side away then.
fn copy(mut from: TcpStream, mut to: &TcpStream, may_pass: impl Fn(&[u8]) -> bool) {
    let mut chunk = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        if !may_pass(&chunk[..count]) || to.write_all(&chunk[..count]).is_err() {
            break;
        }
    }
    // Either may be gone already.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
