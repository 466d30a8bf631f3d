//! Where the agent listens for the app.

/// The socket, counted from the folder in which the Mac's file system begins: `/`, or the folder of a simulated Mac. It lies
/// outside the agent's own folder, which only root may enter; whom the agent listens to is the kernel's word, not the file's
/// permissions.
pub const SOCKET: &str = "var/run/bestow-utility.sock";
