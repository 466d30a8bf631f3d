//! `bestow serve`.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use rcgen::generate_simple_self_signed;

use crate::support::child::{Running, command};
use crate::support::command::Said;
use crate::support::program;
use crate::support::server::TestServer;

#[test]
fn the_first_start_makes_a_token_and_a_link_and_later_ones_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("bestow.toml");
    fs::write(&config, "listen = '127.0.0.1:0'\ndata_dir = 'data'\n").unwrap();
    let serve = |more: &[&str]| {
        let mut serve = command(program());
        serve.arg("serve").arg("--config").arg(&config).args(more);
        let mut running = Running::start(&mut serve, &folder.path().join("log"));
        let mut said = Vec::new();
        loop {
            let line = running.read_until(|line| Some(line.to_owned()));
            said.push(line.clone());
            if line.starts_with("Bestow listens on") {
                return said;
            }
        }
    };
    let first = serve(&[]);
    let token = folder.path().join("data/api-token");
    assert!(first[0].contains("data/api-token"), "{first:?}");
    assert!(first[1].contains("/sign-in/"), "{first:?}");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&token), mode(&folder.path().join("data"))), (0o600, 0o700));
    for file in fs::read_dir(folder.path().join("data")).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let made = fs::read_to_string(&token).unwrap();
    assert!(!first.iter().any(|line| line.contains(made.trim())));
    assert_eq!(serve(&[]).len(), 1);
    assert_eq!(fs::read_to_string(&token).unwrap(), made);
    assert!(serve(&["--sign-in-link"])[0].contains("/sign-in/"));
}

#[cfg(target_os = "linux")]
#[test]
fn it_may_have_as_many_files_open_as_the_system_allows() {
    use nix::sys::resource::{Resource, getrlimit};

    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("bestow.toml");
    fs::write(&config, "listen = '127.0.0.1:0'\ndata_dir = 'data'\n").unwrap();
    let mut serve = command(std::path::Path::new("/bin/sh"));
    serve.args(["-c", "ulimit -S -n 100; exec \"$@\"", "sh"]);
    serve.arg(program()).arg("serve").arg("--config").arg(&config);
    let mut running = Running::start(&mut serve, &folder.path().join("log"));
    running.read_until(|line| line.starts_with("Bestow listens on").then_some(()));
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    assert_eq!(running.open_files(), (most, most));
}

#[test]
fn a_key_that_is_not_known_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("bestow.toml");
    fs::write(
        &config,
        "data_dir = 'data'\nlisten = '127.0.0.1:0'\npubic_url = 'https://x.example'\n",
    )
    .unwrap();
    let mut serve = command(program());
    serve.arg("serve").arg("--config").arg(&config);
    Said::by(&mut serve, "")
        .with_exit(2)
        .says(&["line 3", "unknown field 'pubic_url'"]);
    assert!(!folder.path().join("data").exists());
}

#[test]
fn it_ends_in_order_and_starts_again_on_the_same_address() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::new(folder.path(), "info");
    server.start();
    server.stop();
    let log = fs::read_to_string(server.log()).unwrap();
    assert!(log.contains("server stopped"), "{log}");
    server.start();
}

#[test]
fn what_the_configuration_lacks_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("bestow.toml");
    let serve = || {
        let mut serve = command(program());
        serve.arg("serve").arg("--config").arg(&config);
        Said::by(&mut serve, "")
    };
    serve()
        .with_exit(2)
        .says(&[config.to_str().unwrap(), "Name it with --config", "data_dir ="]);
    fs::write(&config, "data_dir = 'data'\nlisten = '9000'\n").unwrap();
    serve().with_exit(2).says(&[
        "line 2",
        "an address in numbers and a port, such as 127.0.0.1:9000",
    ]);
}

#[test]
fn a_configuration_that_cannot_be_followed_is_told_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("bestow.toml");
    let serve = || {
        let mut serve = command(program());
        serve.arg("serve").arg("--config").arg(&config);
        Said::by(&mut serve, "")
    };
    let with_tls = |certificate: &str, key: &str| {
        let tls = format!("[tls]\ncertificate = '{certificate}'\nkey = '{key}'\n");
        fs::write(&config, format!("data_dir = 'data'\n{tls}")).unwrap();
        serve().with_exit(2)
    };
    with_tls("nope.pem", "bestow.toml").says(&[
        &format!("[tls] in {}", config.display()),
        "nope.pem cannot be used: there is no such file",
        "It names two PEM files",
    ]);
    with_tls("bestow.toml", "bestow.toml").says(&["it holds no certificate in PEM"]);
    let made = || generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(folder.path().join("ours.pem"), made().cert.pem()).unwrap();
    fs::write(
        folder.path().join("other.key"),
        made().signing_key.serialize_pem(),
    )
    .unwrap();
    with_tls("ours.pem", "ours.pem").says(&["ours.pem cannot be used: it holds no private key in PEM"]);
    with_tls("ours.pem", "other.key").says(&["they do not belong together"]);

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    fs::write(&config, format!("data_dir = 'data'\nlisten = '{address}'\n")).unwrap();
    serve()
        .with_exit(2)
        .says(&[&address.to_string(), "another program listens there already"]);
    fs::write(&config, "data_dir = 'bestow.toml'\n").unwrap();
    serve()
        .with_exit(2)
        .says(&["there is a file of that name", "Name a folder"]);
}
