//! Typed identifiers. Each is a UUID on the wire and in SQL, and cannot be taken for another kind in code.

pub use newtype_uuid::GenericUuid;
use newtype_uuid::{TypedUuid, TypedUuidKind, TypedUuidTag};

/// Declares one kind of identifier: its marker type, its tag and its alias.
macro_rules! id_kind {
    ($kind:ident, $alias:ident, $tag:literal, $what:literal) => {
        #[doc = concat!("Marks identifiers of ", $what, ".")]
        pub enum $kind {}

        impl TypedUuidKind for $kind {
            fn tag() -> TypedUuidTag {
                const TAG: TypedUuidTag = TypedUuidTag::new($tag);
                TAG
            }
        }

        #[doc = concat!("Identifies ", $what, ".")]
        pub type $alias = TypedUuid<$kind>;
    };
}

id_kind!(
    OrganizationKind,
    OrganizationId,
    "organization",
    "one organisation whose Macs are kept apart"
);
id_kind!(DeviceKind, DeviceId, "device", "one enrolled Mac");
id_kind!(ActionKind, ActionId, "action", "one action asked of one device");
id_kind!(
    BulkRunKind,
    BulkRunId,
    "bulk_run",
    "one action asked of many devices"
);
id_kind!(
    BulkPlanKind,
    BulkPlanId,
    "bulk_plan",
    "what would come of one action on many devices"
);
id_kind!(
    CollectionKind,
    CollectionId,
    "collection",
    "one collecting of a secret for wildcards"
);
id_kind!(DeedKind, DeedId, "deed", "one thing that an agent did by itself");
id_kind!(
    EscrowMessageKind,
    EscrowMessageId,
    "escrow_message",
    "one message of an agent to the vault"
);
id_kind!(
    MdmEnrolmentKind,
    MdmEnrolmentId,
    "mdm_enrolment",
    "one enrolment of a Mac with Bestow's device management"
);
id_kind!(
    PersonKind,
    PersonId,
    "person",
    "one person who can sign in to the console"
);
id_kind!(
    RevealRequestKind,
    RevealRequestId,
    "reveal_request",
    "one request to see a secret that the vault keeps"
);
id_kind!(
    SessionKind,
    SessionId,
    "session",
    "one time that somebody is signed in"
);
