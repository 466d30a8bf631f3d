//! What is kept is carried over when the schema changes.

use std::fs;
use std::path::Path;

use sqlx::{Connection as _, Row as _, SqliteConnection};

/// A database in memory, with the schema as it was after the migration of this number.
struct Older {
    connection: SqliteConnection,
    number: u32,
}

impl Older {
    async fn at(number: u32) -> Self {
        let mut older = Self {
            connection: SqliteConnection::connect("sqlite::memory:").await.unwrap(),
            number: 0,
        };
        older.migrate(number).await;
        older
    }

    /// Brings the schema to that of this number.
    async fn migrate(&mut self, number: u32) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let number_of = |file: &Path| -> u32 {
            let name = file.file_name().unwrap().to_str().unwrap();
            name.split('_').next().unwrap().parse().unwrap()
        };
        let mut files: Vec<_> = files
            .map(|file| (number_of(&file), file))
            .filter(|(its, _)| (self.number + 1..=number).contains(its))
            .collect();
        files.sort();
        for (_, file) in files {
            self.run(fs::read_to_string(file).unwrap()).await;
        }
        self.number = number;
    }

    async fn run(&mut self, sql: String) {
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        sql.execute(&mut self.connection).await.unwrap();
    }

    /// The texts that a statement finds.
    async fn texts(&mut self, sql: &'static str) -> Vec<String> {
        let rows = sqlx::query(sql).fetch_all(&mut self.connection).await.unwrap();
        rows.iter().map(|row| row.get::<String, _>(0)).collect()
    }
}

/// An organisation of each of these ids.
fn organizations(ids: &[&str]) -> String {
    let insert =
        |id: &&str| format!("INSERT INTO organization (id, name, created_at) VALUES ('{id}', '{id}', 0);");
    ids.iter().map(insert).collect()
}

#[tokio::test]
async fn a_refresh_that_is_under_way_goes_on_where_the_slower_policy_was() {
    let mut older = Older::at(70).await;
    older.run(organizations(&["both", "one", "none"])).await;
    older
        .run(
            "INSERT INTO token_for_primary_users VALUES ('both', 1, 7, 'device-5'), ('one', 0, 7, NULL), ('none', 1, 7, NULL); \
             INSERT INTO service_account_policy VALUES ('both', 1, 30, '[]', 7, 'device-3'), ('one', 1, 30, '[]', 7, '');"
                .to_owned(),
        )
        .await;
    older.migrate(71).await;
    let under_way =
        "SELECT organization_id || ':' || after_device_id FROM finding_refresh ORDER BY organization_id";
    assert_eq!(older.texts(under_way).await, ["both:device-3", "one:"]);
}

#[tokio::test]
async fn policies_stay_on_or_off() {
    let mut older = Older::at(71).await;
    older.run(organizations(&["a", "b"])).await;
    older
        .run(
            "INSERT INTO promote_administrators VALUES ('a', 1, 5), ('b', 0, 6); \
             INSERT INTO token_for_primary_users VALUES ('a', 0, 7);"
                .to_owned(),
        )
        .await;
    older.migrate(72).await;
    let policies = "SELECT organization_id || ' ' || policy || ' ' || enabled || ' ' || changed_at \
                    FROM on_off_policy ORDER BY changed_at";
    assert_eq!(
        older.texts(policies).await,
        [
            "a promote_administrators 1 5",
            "b promote_administrators 0 6",
            "a token_for_primary_users 0 7"
        ]
    );
}

#[tokio::test]
async fn every_organisation_is_diagnosed_anew_when_reasons_for_attention_are_first_kept() {
    let mut older = Older::at(71).await;
    older.run(organizations(&["idle", "under-way"])).await;
    older
        .run("INSERT INTO finding_refresh VALUES ('under-way', 'device-3');".to_owned())
        .await;
    older.migrate(80).await;
    let under_way =
        "SELECT organization_id || ':' || after_device_id FROM finding_refresh ORDER BY organization_id";
    assert_eq!(older.texts(under_way).await, ["idle:", "under-way:"]);
}

#[tokio::test]
async fn what_is_kept_of_scores_is_listed_and_found_anew() {
    let mut older = Older::at(116).await;
    older.run(organizations(&["a"])).await;
    for (id, score, warnings) in [
        ("low", 19, r#"["one_holder","no_recovery_key"]"#),
        ("middle", 60, r#"["recovery_key_not_proved"]"#),
        ("high", 100, "[]"),
    ] {
        older
            .run(format!(
                "INSERT INTO device (organization_id, id, name, serial_number, hardware_uuid, agent_version, signing_key, \
                 sealing_key, pending, enrolled_at, sort_name, search, chain, holders, accounts) \
                 VALUES ('a', '{id}', '{id}', '{id}', '{id}', '1', '', '', 0, 0, 'mac {id}', '', '', 0, 0); \
                 INSERT INTO resilience (organization_id, device_id, score, warnings) VALUES ('a', '{id}', {score}, '{warnings}');"
            ))
            .await;
    }
    older.migrate(117).await;
    let listed = "SELECT sort_name || ' ' || what FROM resilience_listed ORDER BY sort_name, what";
    assert_eq!(
        older.texts(listed).await,
        [
            "mac high band:80-100",
            "mac low band:0-19",
            "mac low warning:no_recovery_key",
            "mac low warning:one_holder",
            "mac middle band:60-79",
            "mac middle warning:recovery_key_not_proved",
        ]
    );
    let under_way =
        "SELECT organization_id || ':' || after_device_id FROM finding_refresh ORDER BY organization_id";
    assert_eq!(older.texts(under_way).await, ["a:"]);
}
