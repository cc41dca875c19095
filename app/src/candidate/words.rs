//! The words for what can go wrong on the way into the exam.

use api::ProblemCode;
use signing::{code::CodeError, signed::SignedFault};
use sitting::{FileFault, Kind, LineFault, PackageFault, Refusal, ResponseFault};
use worker_protocol::{Fault, FaultCode};

use super::unsealing::UnsealFault;
use crate::{
    catalogue::{text, text_with},
    platform::fetch::FetchError,
};

/// For a failed request.
pub(super) fn refused(error: &FetchError) -> String {
    let FetchError::Refused(problem) = error else { return text("error-unreachable") };
    let with_detail = |id: &str| text_with(id, [("detail", problem.detail.as_str().into())]);
    match problem.code() {
        Some(ProblemCode::CodeUnknown) => text("error-code-unknown"),
        Some(ProblemCode::CodeExpired) => text("error-code-expired"),
        Some(ProblemCode::CodeMistyped) => text("error-code-mistyped"),
        Some(ProblemCode::OtherDevice) => text("error-other-device"),
        Some(ProblemCode::NotOpenYet) => with_detail("error-not-open-yet"),
        Some(ProblemCode::WindowOver) => with_detail("error-window-over"),
        Some(ProblemCode::TooManyTries) => {
            text_with("error-too-many-tries", [("seconds", problem.retry_after.unwrap_or(60).into())])
        }
        _ => with_detail("error-other"),
    }
}

/// For a code that cannot be right.
pub(super) fn code(error: &CodeError) -> String {
    match error {
        CodeError::Length { expected, got } => {
            text_with("error-code-length", [("expected", (*expected).into()), ("got", (*got).into())])
        }
        CodeError::Character { place, character } => {
            text_with("error-code-character", [("place", (*place).into()), ("character", character.to_string().into())])
        }
        CodeError::Check | CodeError::Prefix => text("error-code-mistyped"),
    }
}

/// For a package that cannot be used.
pub(super) fn package(fault: &PackageFault) -> String {
    match fault {
        PackageFault::File(FileFault::CutOff) | PackageFault::Incomplete { .. } => text("package-half"),
        PackageFault::File(FileFault::Version { .. }) | PackageFault::App { .. } => text("package-newer-app"),
        PackageFault::File(FileFault::Head(_))
        | PackageFault::OtherPayload
        | PackageFault::Signed(SignedFault::Signature | SignedFault::Unreadable) => text("package-changed"),
        PackageFault::File(FileFault::Kind(_) | FileFault::TooLong(_)) => text("package-no-package"),
        PackageFault::Signed(SignedFault::UnknownKey) => text("package-other-body"),
        PackageFault::Kind(Kind::Practice) => text("package-practice"),
        PackageFault::Kind(Kind::Exam) => text("package-exam"),
        PackageFault::Payload(detail) => text_with("package-payload", [("detail", detail.as_str().into())]),
    }
}

/// For a package that does not open.
pub(super) fn unsealing(fault: &UnsealFault) -> String {
    match fault {
        UnsealFault::Payload(fault) => package(fault),
        UnsealFault::Worker(fault) => worker(fault),
    }
}

/// For what the worker refuses.
pub(super) fn worker(fault: &Fault) -> String {
    match fault.code {
        FaultCode::OtherAttempt => text("error-other-attempt"),
        FaultCode::WrongCode => text("error-wrong-codes"),
        FaultCode::CodeMistyped => text("error-code-mistyped"),
        FaultCode::Damaged => text("package-changed"),
        _ => text_with("error-storage", [("detail", fault.detail.as_str().into())]),
    }
}

/// For an answer that the rules refuse.
pub(super) fn not_taken(fault: &LineFault) -> String {
    match fault {
        LineFault::Refused(Refusal::Ended | Refusal::AlreadySubmitted) => text("exam-not-taken-ended"),
        LineFault::Refused(Refusal::Paused) => text("exam-not-taken-paused"),
        _ => text_with("exam-not-taken", [("detail", fault.to_string().into())]),
    }
}

/// For a response file that cannot be gone on from.
pub(super) fn response(fault: &ResponseFault) -> String {
    match fault {
        ResponseFault::File(FileFault::CutOff) => text("response-half"),
        ResponseFault::File(FileFault::Version { .. }) => text("package-newer-app"),
        ResponseFault::File(FileFault::Kind(_) | FileFault::TooLong(_)) => text("response-none"),
        _ => text_with("response-changed", [("detail", fault.to_string().into())]),
    }
}
