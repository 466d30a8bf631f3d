//! The C interface from inside: what no host can bring about, and the comparison with Apple's.

use std::cell::Cell;

use super::*;

/// Counts the results that an engine gets; the engine is the counter itself.
struct Results {
    allowed: Cell<u32>,
    other: Cell<u32>,
}

unsafe extern "C-unwind" fn set_result(engine: *mut c_void, result: u32) -> Status {
    // SAFETY: the engine of these tests.
    let results = unsafe { &*engine.cast::<Results>() };
    let counted = if result == ALLOW {
        &results.allowed
    } else {
        &results.other
    };
    counted.set(counted.get() + 1);
    SUCCESS
}

unsafe extern "C-unwind" fn answer_nothing(_: *mut c_void) -> Status {
    SUCCESS
}

/// A host that claims success and gives nothing.
unsafe extern "C-unwind" fn null_value(
    _: *mut c_void,
    _: *const c_char,
    _: *mut u32,
    _: *mut *const Value,
) -> Status {
    SUCCESS
}

static HOST: Callbacks = Callbacks {
    version: 4,
    set_result,
    request_interrupt: answer_nothing,
    did_deactivate: answer_nothing,
    get_context_value: null_value,
};

fn results_of(work: impl FnOnce()) -> (u32, u32) {
    let mut results = Results {
        allowed: Cell::new(0),
        other: Cell::new(0),
    };
    let engine = Engine {
        callbacks: &HOST,
        engine: (&raw mut results).cast(),
    };
    assert_eq!(always_allow(&engine, work), SUCCESS);
    (results.allowed.get(), results.other.get())
}

#[test]
fn a_panic_inside_ends_in_one_allow() {
    assert_eq!(results_of(|| panic!("inside the plug-in")), (1, 0));
    assert_eq!(
        results_of(|| {
            struct PanicsToo;
            impl Drop for PanicsToo {
                fn drop(&mut self) {
                    let text = "orchid-🔑";
                    let _ = &text[..text.len() - 1];
                }
            }
            drop(PanicsToo);
        }),
        (1, 0)
    );
}

#[test]
fn work_that_ends_in_order_is_allowed_once() {
    assert_eq!(results_of(|| {}), (1, 0));
}

#[test]
fn a_host_that_gives_null_has_no_value() {
    let engine = Engine {
        callbacks: &HOST,
        engine: ptr::null_mut(),
    };
    assert_eq!(engine.value(c"username"), None);
}

#[test]
fn a_host_that_gives_no_room_is_refused() {
    let (mut plugin, mut interface) = (ptr::null_mut(), ptr::null());
    // SAFETY: null is what is tested; the others are ours.
    let statuses = unsafe {
        [
            AuthorizationPluginCreate(ptr::null(), &raw mut plugin, &raw mut interface),
            AuthorizationPluginCreate(&raw const HOST, ptr::null_mut(), &raw mut interface),
            AuthorizationPluginCreate(&raw const HOST, &raw mut plugin, ptr::null_mut()),
            mechanism_create(plugin, ptr::null_mut(), c"login".as_ptr(), ptr::null_mut()),
        ]
    };
    assert_eq!(statuses, [INTERNAL; 4]);
}

/// What we declare is what the bindings say that are generated from Apple's headers. Compiling it is the test.
#[cfg(target_os = "macos")]
mod apple {
    use std::mem::offset_of;

    use objc2_security as apple;

    use super::super::*;

    macro_rules! same_place {
        ($($ours:ident :: $our_field:ident = $theirs:ident :: $their_field:ident),+ $(,)?) => {
            $(const _: () = assert!(offset_of!($ours, $our_field) == offset_of!(apple::$theirs, $their_field));)+
        };
    }

    same_place! {
        Value::length = AuthorizationValue::length,
        Value::data = AuthorizationValue::data,
        Callbacks::version = AuthorizationCallbacks::version,
        Callbacks::set_result = AuthorizationCallbacks::SetResult,
        Callbacks::request_interrupt = AuthorizationCallbacks::RequestInterrupt,
        Callbacks::did_deactivate = AuthorizationCallbacks::DidDeactivate,
        Callbacks::get_context_value = AuthorizationCallbacks::GetContextValue,
        Interface::version = AuthorizationPluginInterface::version,
        Interface::plugin_destroy = AuthorizationPluginInterface::PluginDestroy,
        Interface::mechanism_create = AuthorizationPluginInterface::MechanismCreate,
        Interface::mechanism_invoke = AuthorizationPluginInterface::MechanismInvoke,
        Interface::mechanism_deactivate = AuthorizationPluginInterface::MechanismDeactivate,
        Interface::mechanism_destroy = AuthorizationPluginInterface::MechanismDestroy,
    }

    const _: () = assert!(size_of::<Value>() == size_of::<apple::AuthorizationValue>());
    const _: () = assert!(size_of::<Interface>() == size_of::<apple::AuthorizationPluginInterface>());
    const _: () = assert!(ALLOW == apple::AuthorizationResult::Allow as u32);
    const _: () = assert!(SUCCESS == apple::errAuthorizationSuccess);
    const _: () = assert!(INTERNAL == apple::errAuthorizationInternal);
}
