//! A connection's bytes, some of which may have been read already.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};

/// A TCP connection, or a TLS session on one.
pub(super) type Io = Box<dyn Stream>;

/// What can be read from and written to.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// How much may come while an answer waits. Nobody has to send the next request before that answer.
const MOST_AHEAD: usize = 16 * 1024;

/// A connection that passes from one reader to the next.
pub(super) struct Line {
    io: Io,
    /// What is read before anything else.
    unread: Vec<u8>,
    writing: Writing,
}

/// Whether something is to be written that the other end does not take yet. Told while somebody else holds the [`Line`].
#[derive(Debug, Clone, Default)]
pub(super) struct Writing(Arc<AtomicBool>);

impl Writing {
    pub(super) fn is_going_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn note<T>(&self, written: Poll<T>) -> Poll<T> {
        self.0.store(written.is_pending(), Ordering::Relaxed);
        written
    }
}

impl Line {
    pub(super) fn new(io: Io) -> Self {
        Self {
            io,
            unread: Vec::new(),
            writing: Writing::default(),
        }
    }

    pub(super) fn writing(&self) -> Writing {
        self.writing.clone()
    }

    /// Lets `bytes` be read before anything else.
    pub(super) fn unread(&mut self, bytes: &[u8]) {
        self.unread.splice(..0, bytes.iter().copied());
    }

    /// Waits until the other end is gone. What it sends meanwhile is read later.
    pub(super) async fn gone(&mut self) {
        let mut ahead = [0; 64];
        while let Ok(count @ 1..) = self.io.read(&mut ahead).await {
            self.unread.extend_from_slice(&ahead[..count]);
            if self.unread.len() > MOST_AHEAD {
                return;
            }
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        if line.unread.is_empty() {
            return Pin::new(&mut line.io).poll_read(cx, into);
        }
        let count = line.unread.len().min(into.remaining());
        into.put_slice(&line.unread[..count]);
        line.unread.drain(..count);
        if line.unread.is_empty() {
            line.unread = Vec::new();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let line = self.get_mut();
        line.writing.note(Pin::new(&mut line.io).poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let line = self.get_mut();
        line.writing
            .note(Pin::new(&mut line.io).poll_write_vectored(cx, pieces))
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        line.writing.note(Pin::new(&mut line.io).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(cx)
    }
}
