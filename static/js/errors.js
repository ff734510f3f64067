/**
 * Every way the browser code says no.
 *
 * Each error has a stable `code`, a `message` saying what happened and a `hint` saying what to do
 * next, as `portal/errors.py` has on the server.
 */

/** Something went wrong that a person can put right. */
export class PorticoError extends Error {
    /**
     * @param {string} message  what happened, one sentence
     * @param {{code: string, hint: string}} about  stable name, and what to do next
     */
    constructor(message, { code, hint }) {
        super(message)
        this.name = new.target.name
        this.code = code
        this.hint = hint
    }
}

/**
 * Say what went wrong, also when nobody foresaw it.
 * @param {unknown} error
 * @param {string} unforeseen  what to do next, if that was not foreseen
 * @returns {{message: string, hint: string}}
 */
export function explained(error, unforeseen) {
    if (error instanceof PorticoError) return { message: error.message, hint: error.hint }
    return { message: error instanceof Error ? error.message : String(error), hint: unforeseen }
}

/** A token that was mistyped, cut, or is not ours. */
export class MalformedToken extends PorticoError {
    /**
     * @param {string} message  what happened
     * @param {{hint: string, reason: "length" | "character" | "checksum" | "version",
     *          group?: number | null}} about  the first check that failed, and the group of five
     *          (1 to 6) in which the mistake lies, when it can be located
     */
    constructor(message, { hint, reason, group = null }) {
        super(message, { code: "malformed-token", hint })
        this.reason = reason
        this.group = group
    }
}

/** A key that is missing, damaged, or of the wrong kind for its use. */
export class IdentityRefused extends PorticoError {
    /** @param {string} message @param {{hint: string}} about */
    constructor(message, { hint }) {
        super(message, { code: "identity-refused", hint })
    }
}

/** A passkey that could not be asked for, or did not answer. */
export class PasskeyUnavailable extends PorticoError {
    /** @param {string} message @param {{hint: string}} about */
    constructor(message, { hint }) {
        super(message, { code: "passkey-unavailable", hint })
    }
}

/** An export of no report at all, or of more than one bundle takes. */
export class ExportRefused extends PorticoError {
    /** @param {string} message @param {{hint: string}} about */
    constructor(message, { hint }) {
        super(message, { code: "export-refused", hint })
    }
}

/** A signed statement that is forged, foreign, damaged or of another kind. */
export class StatementRefused extends PorticoError {
    /** @param {string} reason  completes "This signed statement was refused: …" */
    constructor(reason) {
        super(`This signed statement was refused: ${reason}.`, {
            code: "statement-refused",
            hint: "Use the file just as the portal sent it, and check it with that portal's key.",
        })
        this.reason = reason
    }
}

/** A keyset that is unsigned, expired, mixed or out of order; nothing may be sealed to it. */
export class KeysetRefused extends PorticoError {
    /** @param {string} reason  completes "This keyset was refused: …" */
    constructor(reason) {
        super(`This keyset was refused: ${reason}.`, {
            code: "keyset-refused",
            hint: "Send nothing sealed to it; ask the organisation for its current keyset.",
        })
        this.reason = reason
    }
}

/** The report was not sealed, so there is nothing to send. */
export class SealingRefused extends PorticoError {
    /** @param {string} message @param {{hint?: string}} [about] */
    constructor(message, { hint = "Nothing was sent, and your text is still on this page." } = {}) {
        super(message, { code: "sealing-refused", hint })
    }
}

/** An opened envelope whose archive would not be safe to unpack. */
export class ArchiveRefused extends PorticoError {
    /** @param {string} reason  completes "This archive was refused: …" */
    constructor(reason) {
        super(`This archive was refused: ${reason}.`, {
            code: "archive-refused",
            hint: "It was not written by Portico; do not unpack it by other means.",
        })
        this.reason = reason
    }
}

/** A target that cannot be asked about without sending more than scheme, host and port. */
export class TargetUnclear extends PorticoError {
    /** @param {string} message @param {{hint: string}} about */
    constructor(message, { hint }) {
        super(message, { code: "target-unclear", hint })
    }
}

/** A ruling that the portal did not sign, or signed for another question. */
export class VerdictUnproven extends PorticoError {
    /** @param {string} reason  completes "The checker's answer could not be trusted: …" */
    constructor(reason) {
        super(`The checker's answer could not be trusted: ${reason}.`, {
            code: "verdict-unproven",
            hint: "Check again. If it stays so, tell the program's staff.",
        })
        this.reason = reason
    }
}

/** The portal answered with an error of its own. */
export class PortalRefused extends PorticoError {
    /**
     * @param {string} message  as the portal said it
     * @param {{code: string, hint: string, status: number}} about
     */
    constructor(message, { code, hint, status }) {
        super(message, { code, hint })
        this.status = status
    }
}

/** The portal could not be reached, or its answer was not understood. */
export class PortalUnreachable extends PorticoError {
    /** @param {string} message @param {{hint?: string}} [about] */
    constructor(message, { hint = "Check your connection and try again; nothing is lost." } = {}) {
        super(message, { code: "portal-unreachable", hint })
    }
}

/** What became of a report is not known: it may have arrived though no answer came back. */
export class Unanswered extends PortalUnreachable {
    /** @param {string} [reason]  one sentence */
    constructor(reason = "The portal did not answer.") {
        super(`${reason} Your report may have been kept.`, {
            hint:
                "Keep this token, and send again without changing anything: the same report is " +
                "never filed twice.",
        })
    }
}

/** What became of a message is not known: it may have arrived though no answer came back. */
export class MessageUnanswered extends PortalUnreachable {
    /** @param {string} [reason]  one sentence */
    constructor(reason = "The portal did not answer.") {
        super(`${reason} Your message may have been kept.`, {
            hint: "Your text is still here. Press the button again: this page looks first.",
        })
    }
}
