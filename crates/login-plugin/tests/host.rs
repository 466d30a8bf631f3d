//! The plug-in's library, loaded by a host that plays macOS's authorization: whatever the agent does, there is one Allow,
//! within two seconds.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::io::{Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use authorization_host::engine::{Engine, Verdict};
use authorization_host::plugin::Plugin;
use tempfile::TempDir;

/// What a login may take at most.
const PROMISE: Duration = Duration::from_secs(2);
const SUCCESS: i32 = 0;

/// The folders of a Mac, with the plug-in in its place.
struct Mac {
    folder: TempDir,
}

impl Mac {
    fn new() -> Self {
        let mac = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let library = mac.path("Library/Security/SecurityAgentPlugins/bestow.bundle/Contents/MacOS/bestow");
        std::fs::create_dir_all(library.parent().unwrap()).unwrap();
        std::fs::copy(built_library(), &library).unwrap();
        std::fs::create_dir_all(mac.socket().parent().unwrap()).unwrap();
        mac
    }

    fn path(&self, of: &str) -> PathBuf {
        self.folder.path().join(of)
    }

    fn socket(&self) -> PathBuf {
        self.path("Library/Application Support/Bestow/login.sock")
    }

    fn plugin(&self) -> Plugin {
        let library = self.path("Library/Security/SecurityAgentPlugins/bestow.bundle/Contents/MacOS/bestow");
        Plugin::load(&library).unwrap()
    }

    /// An agent that takes one login and does `work` with it.
    fn agent<T: Send + 'static>(&self, work: impl FnOnce(UnixStream) -> T + Send + 'static) -> JoinHandle<T> {
        let listener = UnixListener::bind(self.socket()).unwrap();
        std::thread::spawn(move || work(listener.accept().unwrap().0))
    }
}

/// Cargo puts the library beside the tests that depend on it.
fn built_library() -> PathBuf {
    let beside = std::env::current_exe().unwrap();
    beside.with_file_name(format!(
        "{}login_plugin{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ))
}

fn ada() -> Engine {
    Engine::login("ada", "orchid-77")
}

/// Lets the mechanism take part in `engine`, from its making to its end.
fn take_part(mac: &Mac, engine: &Engine) {
    let plugin = mac.plugin();
    let mechanism = plugin.mechanism(c"login", engine).unwrap();
    assert_eq!(mechanism.invoke(), SUCCESS);
    assert_eq!(mechanism.deactivate(), SUCCESS);
}

fn assert_allowed_once(engine: &Engine) {
    let verdicts = engine.verdicts();
    let [(verdict, after)] = verdicts.as_slice() else {
        panic!("not one verdict: {verdicts:?}");
    };
    assert_eq!(*verdict, Verdict::Allow);
    assert!(*after < PROMISE, "it took {after:?}");
    assert_eq!(engine.deactivations(), 1);
    assert_eq!(
        engine.written(),
        0,
        "the plug-in keeps nothing in the authorization"
    );
}

#[test]
fn the_agent_gets_the_login() {
    let mac = Mac::new();
    let agent = mac.agent(|mut connection| {
        let mut message = [0; 17];
        connection.read_exact(&mut message).unwrap();
        drop(connection);
        message
    });
    let engine = ada();
    take_part(&mac, &engine);
    assert_allowed_once(&engine);
    assert_eq!(&agent.join().unwrap(), b"\x01\x00\x03\x00\x09adaorchid-77");
}

#[test]
fn a_login_without_its_credentials_goes_on_and_nobody_is_told() {
    for engine in [
        Engine::default(),
        Engine::default().with(c"username", "ada"),
        Engine::default().with(c"password", "orchid-77"),
        Engine::login("ada", ""),
        Engine::login("ada", &"x".repeat(100_000)),
        Engine::login(&"a".repeat(100_000), "orchid-77"),
        ada().with(c"password", [0xFF, 0xFE]),
    ] {
        let mac = Mac::new();
        let listener = UnixListener::bind(mac.socket()).unwrap();
        listener.set_nonblocking(true).unwrap();
        take_part(&mac, &engine);
        assert_allowed_once(&engine);
        assert!(listener.accept().is_err(), "somebody was told");
    }
}

#[test]
fn a_login_goes_on_when_there_is_no_agent() {
    let never_there = Mac::new();
    let dead = Mac::new();
    drop(UnixListener::bind(dead.socket()).unwrap());
    let no_socket = Mac::new();
    std::fs::write(no_socket.socket(), "a file").unwrap();
    for mac in [never_there, dead, no_socket] {
        let engine = ada();
        take_part(&mac, &engine);
        assert_allowed_once(&engine);
    }
}

#[test]
fn a_login_goes_on_whatever_the_agent_says() {
    let answers: [&[u8]; 3] = [b"\0", b"{\"allow\": false}", &[b'x'; 1 << 20]];
    for answer in answers {
        let mac = Mac::new();
        let answer = answer.to_vec();
        let agent = mac.agent(move |mut connection| {
            // Nobody reads a long answer to its end.
            let _ = connection.write_all(&answer);
        });
        let engine = ada();
        take_part(&mac, &engine);
        assert_allowed_once(&engine);
        agent.join().unwrap();
    }
}

#[test]
fn a_login_goes_on_when_the_agent_hangs_or_the_person_gives_up() {
    let mac = Mac::new();
    let (reached, is_reached) = mpsc::channel();
    let (gone_on, has_gone_on) = mpsc::channel::<()>();
    let agent = mac.agent(move |mut connection| {
        connection.read_exact(&mut [0; 17]).unwrap();
        reached.send(()).unwrap();
        // It says nothing, and hangs up only when the login has gone on: the plug-in must not wait for it.
        has_gone_on.recv().unwrap_err();
    });
    let engine = ada();
    let plugin = mac.plugin();
    let mechanism = plugin.mechanism(c"login", &engine).unwrap();
    std::thread::scope(|scope| {
        let login = scope.spawn(|| mechanism.invoke());
        is_reached.recv().unwrap();
        assert_eq!(mechanism.deactivate(), SUCCESS);
        assert_eq!(login.join().unwrap(), SUCCESS);
    });
    assert_allowed_once(&engine);
    drop(gone_on);
    agent.join().unwrap();
}

#[test]
fn mechanisms_of_several_logins_do_not_disturb_each_other() {
    let mac = Mac::new();
    let listener = UnixListener::bind(mac.socket()).unwrap();
    let agent = std::thread::spawn(move || {
        let mut passwords: Vec<String> = Vec::new();
        for _ in 0..4 {
            let (mut connection, _) = listener.accept().unwrap();
            let mut message = [0; 17];
            connection.read_exact(&mut message).unwrap();
            passwords.push(String::from_utf8_lossy(&message[8..]).into_owned());
        }
        passwords.sort();
        passwords
    });
    let plugin = mac.plugin();
    let engines: Vec<Engine> = (0..4)
        .map(|number| Engine::login("ada", &format!("orchid-7{number}")))
        .collect();
    std::thread::scope(|scope| {
        for engine in &engines {
            let plugin = &plugin;
            scope.spawn(move || {
                let mechanism = plugin.mechanism(c"login", engine).unwrap();
                assert_eq!(mechanism.invoke(), SUCCESS);
                assert_eq!(mechanism.deactivate(), SUCCESS);
            });
        }
    });
    engines.iter().for_each(assert_allowed_once);
    assert_eq!(
        agent.join().unwrap(),
        ["orchid-70", "orchid-71", "orchid-72", "orchid-73"]
    );
}

#[test]
fn any_mechanism_name_and_a_mechanism_that_is_never_invoked_are_fine() {
    let mac = Mac::new();
    let plugin = mac.plugin();
    assert_eq!(plugin.interface_version(), 0);
    let engine = ada();
    let never_invoked = plugin.mechanism(c"login", &engine).unwrap();
    assert_eq!(never_invoked.deactivate(), SUCCESS);
    drop(never_invoked);
    assert!(engine.verdicts().is_empty());
    let engine = ada();
    let other = plugin.mechanism(c"", &engine).unwrap();
    assert_eq!(other.invoke(), SUCCESS);
    assert_eq!(other.deactivate(), SUCCESS);
    assert_allowed_once(&engine);
}
