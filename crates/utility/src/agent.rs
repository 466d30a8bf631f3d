//! Whom the app asks: the agent, which answers when it can.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use utility_protocol::client::{Client, NoAnswer};
use utility_protocol::message::{Ended, Status};

use crate::model::Order;

/// Somebody who answers, later.
pub trait Agent {
    /// Asks how things stand.
    fn ask(&mut self);

    /// Has the service account made, or made whole.
    fn create(&mut self, order: Order);

    /// What was answered since the last time, one thing after the other. Never waits.
    fn heard(&mut self) -> Option<Heard>;
}

/// What the agent has said.
#[derive(Debug)]
pub enum Heard {
    /// How things stand, or why it does not say.
    Status(Result<Result<Status, Ended>, NoAnswer>),
    /// It has begun.
    Begun,
    /// It is over.
    Ended(Result<Ended, NoAnswer>),
}

/// The agent of this Mac, over its socket. Each conversation has a thread of its own, so that the window goes on meanwhile.
pub struct SocketAgent {
    client: Client,
    tell: Sender<Heard>,
    told: Receiver<Heard>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl SocketAgent {
    /// The agent that `client` talks to. `wake` is called when there is something to hear.
    pub fn new(client: Client, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (tell, told) = mpsc::channel();
        Self {
            client,
            tell,
            told,
            wake: Arc::new(wake),
        }
    }

    fn talk(&self, talk: impl FnOnce(&Client, &dyn Fn(Heard)) + Send + 'static) {
        let (client, tell, wake) = (self.client.clone(), self.tell.clone(), Arc::clone(&self.wake));
        thread::spawn(move || {
            talk(&client, &|heard| {
                // The window may have been closed.
                let _ = tell.send(heard);
                wake();
            });
        });
    }
}

impl Agent for SocketAgent {
    fn ask(&mut self) {
        self.talk(|client, tell| tell(Heard::Status(client.status())));
    }

    fn create(&mut self, order: Order) {
        self.talk(|client, tell| {
            let ended = client.create(order.account, order.password, || tell(Heard::Begun));
            tell(Heard::Ended(ended));
        });
    }

    fn heard(&mut self) -> Option<Heard> {
        self.told.try_recv().ok()
    }
}
