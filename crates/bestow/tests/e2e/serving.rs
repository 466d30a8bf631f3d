//! `bestow serve`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

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
        .says(&["line 3", "unknown field `pubic_url`"]);
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
    let tls = "[tls]\ncertificate = 'nope.pem'\nkey = 'bestow.toml'\n";
    fs::write(&config, format!("data_dir = 'data'\n{tls}")).unwrap();
    serve().with_exit(3).says(&[
        &format!("start the server as {} says", config.display()),
        "read the TLS certificate from",
        "nope.pem, which must be a PEM file",
        "No such file",
    ]);
}
