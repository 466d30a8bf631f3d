//! I1: a password that came in comes out nowhere, but sealed to the Mac.

mod enrolment;

use serde_json::{Value, json};
use trust::action::SecretRole;

use crate::clock::Clock as _;
use crate::serve::Server;
use crate::testing::{
    Call, CapturedLog, FakeMac, Running, TestApp, config_in, grant_from_ada_to_bob, healthy_mac,
    mac_without_holders,
};

/// What every planted password begins with. Nine bytes, so that base64 of it is the beginning of theirs.
const BEGINNING: &str = "planted*!";

/// Passwords that stand nowhere else, with the answers that they were seen in.
#[derive(Default)]
struct Planted {
    passwords: Vec<String>,
    answers: Vec<String>,
}

impl Planted {
    fn password(&mut self) -> String {
        let password = format!("{BEGINNING}{}-\"ö\\/", self.passwords.len());
        self.passwords.push(password.clone());
        password
    }

    fn grant(&mut self) -> Value {
        let mut body = grant_from_ada_to_bob();
        body["administrator"]["password"] = json!(self.password());
        body["target"]["password"] = json!(self.password());
        body
    }

    async fn send(&mut self, app: &TestApp, call: Call) -> Value {
        let answer = app.send(call).await;
        self.answers
            .push(format!("{:?}\n{}", answer.headers, answer.text));
        serde_json::from_str(&answer.text).unwrap_or_default()
    }

    /// What would give a password away: what all of them begin with, in clear, escaped or not, and in base64, and the
    /// hash of each.
    fn traces(&self) -> Vec<Vec<u8>> {
        let in_base64 = wire::encoding::Bytes(BEGINNING.as_bytes().to_vec()).to_text();
        let hashes = self.passwords.iter().map(|password| crate::token::hash(password));
        [BEGINNING.to_owned(), in_base64]
            .into_iter()
            .chain(hashes)
            .map(String::into_bytes)
            .collect()
    }
}

fn order(app: &TestApp, mac: &FakeMac) -> Call {
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    Call::post(path).bearer(&app.token).key(&app.fresh_key())
}

/// Requests that go well: a plan, a grant, the same again, a grant that ends, one that is called back.
async fn ask_well(planted: &mut Planted, app: &TestApp, mac: &FakeMac) {
    let body = planted.grant();
    let plan = Call::post(format!("/api/v1/devices/{}/plan", mac.id())).bearer(&app.token);
    planted.send(app, plan.json(&body)).await;
    let call = order(app, mac);
    planted.send(app, call.clone().json(&body)).await;
    let again = planted.grant();
    let action = planted.send(app, call.json(&again)).await;
    let opened = mac.check_in(app).await.offers;
    assert_eq!(
        mac.open(&opened[0], SecretRole::Target),
        body["target"]["password"]
    );
    mac.start(app, &action["id"]).await.expect(200);
    mac.report(app, &action["id"], mac.granted(app.clock.now()))
        .await
        .expect(200);

    let waiting = planted.grant();
    let waiting = planted.send(app, order(app, mac).json(&waiting)).await;
    let id = waiting["id"].as_str().unwrap();
    let cancel = Call::post(format!("/api/v1/actions/{id}/cancel")).bearer(&app.token);
    planted.send(app, cancel.key(&app.fresh_key())).await;
    for path in [
        format!("/api/v1/actions/{id}"),
        format!("/actions/{id}"),
        "/api/v1/audit".to_owned(),
    ] {
        planted.send(app, Call::get(path).bearer(&app.token)).await;
    }
}

/// The console's forms: only planned, incomplete, of another session, and sent.
async fn ask_by_forms(planted: &mut Planted, app: &TestApp, mac: &FakeMac) {
    let cookie = app.session().await;
    for form in [
        "grant-secure-token",
        "create-user-account",
        "change-password",
        "reset-password",
    ] {
        let path = format!("/devices/{}/{form}", mac.id());
        let page = app.send(Call::get(&path).header("cookie", &cookie)).await.text;
        let hidden = |name: &str| {
            let field = format!("name=\"{name}\" value=\"");
            let value = page.split(&field).nth(1).unwrap().split('"').next().unwrap();
            (name.to_owned(), value.to_owned())
        };
        for (name, value) in [
            ("check", "true"),
            ("target", ""),
            ("form_token", "x"),
            ("reason", "a reason"),
        ] {
            let mut fields = vec![(name.to_owned(), value.to_owned())];
            fields.extend(["form_token", "idempotency_key"].map(hidden));
            for (name, value) in [("administrator", "ada"), ("target", "bob"), ("full_name", "Bob")] {
                fields.push((name.to_owned(), value.to_owned()));
            }
            for name in ["administrator_password", "target_password", "new_password"] {
                fields.push((name.to_owned(), planted.password()));
            }
            let call = Call::post(&path).header("cookie", &cookie).form(&fields);
            planted.send(app, call).await;
        }
    }
}

/// Requests that are refused, each with passwords in places where none should be.
async fn ask_badly(planted: &mut Planted, app: &TestApp, mac: &FakeMac) {
    let good = planted.grant();
    let json = good.to_string();
    let malformed = [
        json.replace("\"target\"", "target"),
        json[..json.len() - 2].to_owned(),
        format!("{json}{json}"),
        format!("[{json}]"),
        json.replace("grant_secure_token", &planted.password().replace(['"', '\\'], "")),
        json.replace("\"password\":", "\"pasword\":"),
        json.replace("\"password\":", "\"username\":"),
        json!(planted.password()).to_string(),
    ];
    for body in malformed {
        planted.send(app, order(app, mac).raw_json(body)).await;
    }
    for pointer in [
        "/administrator/username",
        "/administrator",
        "/plan_id",
        "/id",
        "/not_after",
        "/valid_for_s",
    ] {
        let mut body = planted.grant();
        let password = planted.password();
        match body.pointer_mut(pointer) {
            Some(value) => *value = json!(password),
            None => body[&pointer[1..]] = json!(password),
        }
        planted.send(app, order(app, mac).json(&body)).await;
    }
    let mut key = planted.grant();
    key[planted.password()] = json!(1);
    planted.send(app, order(app, mac).json(&key)).await;
    let mut long = planted.grant();
    long["target"]["password"] = json!(planted.password().repeat(100));
    planted.send(app, order(app, mac).json(&long)).await;
    let mut list = planted.grant();
    list["target"]["password"] = json!([planted.password()]);
    planted.send(app, order(app, mac).json(&list)).await;
    let too_long = format!("{}{}", planted.grant(), " ".repeat(70_000));
    planted.send(app, order(app, mac).raw_json(too_long)).await;
    let typeless = planted.grant().to_string();
    let typeless = order(app, mac)
        .header("content-type", "text/plain")
        .raw_json(typeless);
    planted.send(app, typeless).await;
    // To places that want no password at all.
    for path in [
        "/api/v1/enrolment-secrets",
        "/agent/v1/enroll",
        "/agent/v1/check-in",
        "/api/v1/nothing",
    ] {
        let call = Call::post(path).bearer(&app.token).key(&app.fresh_key());
        let body = planted.grant();
        planted.send(app, call.json(&body)).await;
    }
    let stranger = Call::post(format!("/api/v1/devices/{}/actions", mac.id()));
    let body = planted.grant();
    planted.send(app, stranger.json(&body)).await;
}

#[tokio::test]
async fn a_password_comes_out_nowhere() {
    let log = CapturedLog::listen();
    let mut planted = Planted::default();
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let broken = app.enrolled(FakeMac::new(2, mac_without_holders())).await;
    ask_well(&mut planted, &app, &mac).await;
    ask_badly(&mut planted, &app, &mac).await;
    ask_by_forms(&mut planted, &app, &mac).await;
    enrolment::bring(&mut planted, &app).await;
    let refused = order(&app, &broken).json(&planted.grant());
    let refused = planted.send(&app, refused).await;
    assert_eq!(refused["code"], "chain_broken");
    let left_waiting = order(&app, &mac).json(&planted.grant());
    planted.send(&app, left_waiting).await;
    ask_over_a_socket(&mut planted).await;

    let traces = planted.traces();
    let log = log.bytes();
    let mut searched = vec![("the log".to_owned(), log)];
    for file in app.database_files() {
        searched.push((file.display().to_string(), std::fs::read(&file).unwrap()));
    }
    assert!(
        searched.iter().any(|(name, _)| name.ends_with("-wal")),
        "the WAL was not searched"
    );
    for answer in &planted.answers {
        searched.push(("an answer".to_owned(), answer.clone().into_bytes()));
    }
    for (place, bytes) in &searched {
        for trace in &traces {
            assert!(
                !contains(bytes, trace),
                "{} stands in {place}",
                String::from_utf8_lossy(trace)
            );
        }
    }
    // The search finds what is there: in the WAL, and what each part of the server logs.
    let (_, wal) = searched.iter().find(|(name, _)| name.ends_with("-wal")).unwrap();
    assert!(contains(wal, b"SERIAL1"));
    for logged in ["request served", "db.statement"] {
        assert!(
            contains(&searched[0].1, logged.as_bytes()),
            "the log tells nothing of {logged}"
        );
    }
}

/// The same through the whole of the HTTP server, which logs as well.
async fn ask_over_a_socket(planted: &mut Planted) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::bind(&config_in(&folder)).await.unwrap();
    let token = server.setup().await.unwrap().api_token("test").await.unwrap();
    let running = Running::start(server);
    for what in ["plan", "actions"] {
        let path = format!("/api/v1/devices/00000000-0000-4000-8000-000000000000/{what}");
        let answer = running.post(&path, &token, planted.grant().to_string()).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
        planted.answers.push(answer);
    }
    running.stop().await;
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}
