// Generated from the API by `npm run docs`; do not edit.

/** What may be read, by its path below /api/v1. */
export type Reads = {
  "/accounts": { path: Record<never, never>; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly account: string
      readonly person: string
      readonly home: string | null
      readonly operator: boolean
      readonly hasPassword: boolean
      readonly disabledAt: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/accounts/{account}/tokens": { path: { account: string }; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly name: string
      readonly permissions: readonly (string)[]
      readonly expiresAt: string
      readonly createdAt: string
      readonly revokedAt: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/activities": { path: Record<never, never>; query: { q?: string; unit?: string; status?: string; from?: string; to?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly title: {
        readonly en: string
        readonly zh: string
      }
      readonly kind: string
      readonly status: string
      readonly venue: string
      readonly startsAt: string
      readonly endsAt: string
      readonly capacity: number
      readonly openTo: string
      readonly major: boolean
      readonly organizers: readonly (string)[]
      readonly budget: number
      readonly registrationUntil: string | null
      readonly heldAt: string | null
      readonly registered: number
      readonly waiting: number
      readonly attended: number
      readonly spent: number
    })[]
    readonly nextCursor: string | null
  } }
  "/activities/open": { path: Record<never, never>; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly title: {
        readonly en: string
        readonly zh: string
      }
      readonly kind: string
      readonly status: string
      readonly venue: string
      readonly startsAt: string
      readonly endsAt: string
      readonly capacity: number
      readonly registered: number
      readonly waiting: number
      readonly registrationUntil: string | null
      readonly mine: "registered" | "waiting" | null
    })[]
    readonly nextCursor: string | null
  } }
  "/activities/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/activities/{id}/attendees": { path: { id: string }; query: { state?: "registered" | "waiting" | "attended"; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly person: string
      readonly registration: string | null
      readonly registeredAt: string | null
      readonly grade: string | null
      readonly checkedInAt: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/activities/{id}/code": { path: { id: string }; query: Record<never, never>; answer: {
    readonly code: string
    readonly payload: string
    readonly validUntil: string
  } }
  "/activities/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/activities/{id}/door": { path: { id: string }; query: Record<never, never>; answer: {
    readonly id: string
    readonly unit: string
    readonly timezone: string
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly venue: string
    readonly startsAt: string
    readonly endsAt: string
    readonly status: string
    readonly listed: boolean
    readonly now: string
    readonly people: readonly ({
      readonly person: string
      readonly name: string | null
      readonly number: string | null
      readonly state: "registered" | "waiting" | null
      readonly grade: string | null
      readonly checkedInAt: string | null
    })[]
  } }
  "/activities/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/activities/{id}/overview": { path: { id: string }; query: Record<never, never>; answer: {
    readonly id: string
    readonly unit: string
    readonly version: number
    readonly status: string
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly kind: string
    readonly theme: string
    readonly plan: string
    readonly risks: string
    readonly venue: string
    readonly startsAt: string
    readonly endsAt: string
    readonly openTo: string
    readonly walkIns: boolean
    readonly major: boolean
    readonly organizers: readonly (string)[]
    readonly proposer: string | null
    readonly ground: string | null
    readonly capacity: number
    readonly registrationUntil: string | null
    readonly registered: number
    readonly waiting: number
    readonly attended: number
    readonly budget: number
    readonly spent: number
    readonly spendings: readonly ({
      readonly receipt: string
      readonly amount: number
      readonly at: string
    })[]
    readonly summary: {
      readonly duty: string
      readonly owner: string
      readonly since: string
      readonly due: string
      readonly status: string
    } | null
  } }
  "/answers/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/answers/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/answers/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/appointments": { path: Record<never, never>; query: { unit?: string; person?: string; status?: "open" | "proposed" | "recommended" | "ineligible" | "notice" | "withdrawn" | "held" | "left"; mine?: boolean; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly status: string
      readonly person: string
      readonly name: string | null
      readonly kind: string
      readonly unit: string
      readonly from: string | null
      readonly until: string | null
      readonly citation: string | null
      readonly standing: number | null
      readonly grounds: readonly (string)[] | null
      readonly noticeUntil: string | null
      readonly noticeDays: number | null
      readonly effect: string | null
      readonly openObjections: number
      readonly entered: boolean
      readonly asked: "proposed" | "objected" | null
      readonly changed: string
    })[]
    readonly nextCursor: string | null
  } }
  "/appointments/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/appointments/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/appointments/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/assessments": { path: Record<never, never>; query: { unit?: string; kind?: "activity" | "person"; subject?: string; from?: string; to?: string; waiting?: boolean; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly subject: {
        readonly kind: "activity" | "person"
        readonly id: string
      }
      readonly scheme: string
      readonly revision: number
      readonly from: string
      readonly to: string
      readonly openedAt: string
      readonly score: number | null
      readonly round: number | null
      readonly scoredAt: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/assessments/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/assessments/{id}/criteria": { path: { id: string }; query: Record<never, never>; answer: {
    readonly scheme: string
    readonly revision: number
    readonly name: {
      readonly en: string
      readonly zh: string
    }
    readonly criteria: readonly ({
      readonly id: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly source: string
      readonly weight: number
      readonly scale: {
        readonly from: number
        readonly to: number
      }
    })[]
  } }
  "/assessments/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/assessments/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/assessments/{id}/inputs/{criterion}": { path: { id: string; criterion: string }; query: { round?: number }; answer: {
    readonly assessment: string
    readonly round: number
    readonly scheme: string
    readonly revision: number
    readonly score: number
    readonly criterion: string
    readonly source: string
    readonly weight: number
    readonly value?: number
    readonly normalized?: number
    readonly points?: number
    readonly facts?: number
    readonly why?: string
    readonly evidence: readonly ({
      readonly service: string
      readonly stream: string
      readonly version: number
      readonly href: string
    })[]
  } }
  "/attendances/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/attendances/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/attendances/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/candidacies": { path: Record<never, never>; query: { person: string; kind: string; unit: string }; answer: {
    readonly checks: readonly ({
      readonly check: string
      readonly kept: boolean | null
      readonly limit: number | null
      readonly setBy: string | null
    })[]
    readonly notice: {
      readonly days: number
      readonly setBy: string
      readonly until: string
    } | null
  } }
  "/compliance": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly term: {
      readonly id: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly from: string
      readonly to: string
    } | null
    readonly items: readonly ({
      readonly policy: string
      readonly how: "measured" | "enforced"
      readonly campuses: readonly ({
        readonly unit: string
        readonly kept: number
        readonly broken: number
        readonly open: number
      })[]
    })[]
  } }
  "/compliance/{policy}/cases": { path: { policy: string }; query: { unit: string; verdict?: "kept" | "broken" | "open"; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly unit: string
      readonly about: string | null
      readonly since: string
      readonly due: string
      readonly done: string | null
      readonly verdict: "kept" | "broken" | "open"
    })[]
    readonly nextCursor: string | null
  } }
  "/dashboards-state": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly evidence: {
      readonly view: string
      readonly version: number
      readonly made: string
      readonly facts: number
      readonly positions: string
      readonly hash: string
    } | null
    readonly note: string | null
  } }
  "/dashboards/officers/{person}": { path: { person: string }; query: { on?: string; known?: string }; answer: {
    readonly subject: string
    readonly kind: string
    readonly name: {
      readonly en: string
      readonly zh: string
    } | null
    readonly on: string | null
    readonly known: string | null
    readonly timezone: string
    readonly figures: {
      readonly posts: {
        readonly held: number
      }
      readonly activities: {
        readonly proposed: number
        readonly approved: number
        readonly held: number
        readonly cancelled: number
      }
      readonly attendance: {
        readonly registered: number
        readonly checkedIn: number
        readonly share: number | null
      }
      readonly meetings: {
        readonly held: number
        readonly present: number
        readonly absent: number
        readonly share: number | null
      }
      readonly duties: {
        readonly assigned: number
        readonly open: number
        readonly fulfilled: number
        readonly escalated: number
        readonly onTimeShare: number | null
      }
      readonly documents: {
        readonly filed: number
      }
      readonly money: {
        readonly budget: number
        readonly spent: number
        readonly share: number | null
        readonly perHead: number | null
      }
      readonly satisfaction: {
        readonly answers: number
        readonly mean: number | null
      }
      readonly volunteering: {
        readonly shifts: number
        readonly signUps: number
        readonly minutes: number
        readonly noShows: number
      }
      readonly assessment: {
        readonly scored: number
        readonly mean: number | null
      }
    }
    readonly children: readonly ({
      readonly unit: string
      readonly kind: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly figures: {
        readonly posts: {
          readonly held: number
        }
        readonly activities: {
          readonly proposed: number
          readonly approved: number
          readonly held: number
          readonly cancelled: number
        }
        readonly attendance: {
          readonly registered: number
          readonly checkedIn: number
          readonly share: number | null
        }
        readonly meetings: {
          readonly held: number
          readonly present: number
          readonly absent: number
          readonly share: number | null
        }
        readonly duties: {
          readonly assigned: number
          readonly open: number
          readonly fulfilled: number
          readonly escalated: number
          readonly onTimeShare: number | null
        }
        readonly documents: {
          readonly filed: number
        }
        readonly money: {
          readonly budget: number
          readonly spent: number
          readonly share: number | null
          readonly perHead: number | null
        }
        readonly satisfaction: {
          readonly answers: number
          readonly mean: number | null
        }
        readonly volunteering: {
          readonly shifts: number
          readonly signUps: number
          readonly minutes: number
          readonly noShows: number
        }
        readonly assessment: {
          readonly scored: number
          readonly mean: number | null
        }
      }
    })[]
    readonly weeks: readonly ({
      readonly until: string
      readonly figures: {
        readonly posts: {
          readonly held: number
        }
        readonly activities: {
          readonly proposed: number
          readonly approved: number
          readonly held: number
          readonly cancelled: number
        }
        readonly attendance: {
          readonly registered: number
          readonly checkedIn: number
          readonly share: number | null
        }
        readonly meetings: {
          readonly held: number
          readonly present: number
          readonly absent: number
          readonly share: number | null
        }
        readonly duties: {
          readonly assigned: number
          readonly open: number
          readonly fulfilled: number
          readonly escalated: number
          readonly onTimeShare: number | null
        }
        readonly documents: {
          readonly filed: number
        }
        readonly money: {
          readonly budget: number
          readonly spent: number
          readonly share: number | null
          readonly perHead: number | null
        }
        readonly satisfaction: {
          readonly answers: number
          readonly mean: number | null
        }
        readonly volunteering: {
          readonly shifts: number
          readonly signUps: number
          readonly minutes: number
          readonly noShows: number
        }
        readonly assessment: {
          readonly scored: number
          readonly mean: number | null
        }
      }
    })[]
    readonly evidence: {
      readonly view: string
      readonly version: number
      readonly made: string
      readonly facts: number
      readonly positions: string
      readonly hash: string
    } | null
  } }
  "/dashboards/{unit}": { path: { unit: string }; query: { on?: string; known?: string }; answer: {
    readonly subject: string
    readonly kind: string
    readonly name: {
      readonly en: string
      readonly zh: string
    } | null
    readonly on: string | null
    readonly known: string | null
    readonly timezone: string
    readonly figures: {
      readonly posts: {
        readonly held: number
      }
      readonly activities: {
        readonly proposed: number
        readonly approved: number
        readonly held: number
        readonly cancelled: number
      }
      readonly attendance: {
        readonly registered: number
        readonly checkedIn: number
        readonly share: number | null
      }
      readonly meetings: {
        readonly held: number
        readonly present: number
        readonly absent: number
        readonly share: number | null
      }
      readonly duties: {
        readonly assigned: number
        readonly open: number
        readonly fulfilled: number
        readonly escalated: number
        readonly onTimeShare: number | null
      }
      readonly documents: {
        readonly filed: number
      }
      readonly money: {
        readonly budget: number
        readonly spent: number
        readonly share: number | null
        readonly perHead: number | null
      }
      readonly satisfaction: {
        readonly answers: number
        readonly mean: number | null
      }
      readonly volunteering: {
        readonly shifts: number
        readonly signUps: number
        readonly minutes: number
        readonly noShows: number
      }
      readonly assessment: {
        readonly scored: number
        readonly mean: number | null
      }
    }
    readonly children: readonly ({
      readonly unit: string
      readonly kind: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly figures: {
        readonly posts: {
          readonly held: number
        }
        readonly activities: {
          readonly proposed: number
          readonly approved: number
          readonly held: number
          readonly cancelled: number
        }
        readonly attendance: {
          readonly registered: number
          readonly checkedIn: number
          readonly share: number | null
        }
        readonly meetings: {
          readonly held: number
          readonly present: number
          readonly absent: number
          readonly share: number | null
        }
        readonly duties: {
          readonly assigned: number
          readonly open: number
          readonly fulfilled: number
          readonly escalated: number
          readonly onTimeShare: number | null
        }
        readonly documents: {
          readonly filed: number
        }
        readonly money: {
          readonly budget: number
          readonly spent: number
          readonly share: number | null
          readonly perHead: number | null
        }
        readonly satisfaction: {
          readonly answers: number
          readonly mean: number | null
        }
        readonly volunteering: {
          readonly shifts: number
          readonly signUps: number
          readonly minutes: number
          readonly noShows: number
        }
        readonly assessment: {
          readonly scored: number
          readonly mean: number | null
        }
      }
    })[]
    readonly weeks: readonly ({
      readonly until: string
      readonly figures: {
        readonly posts: {
          readonly held: number
        }
        readonly activities: {
          readonly proposed: number
          readonly approved: number
          readonly held: number
          readonly cancelled: number
        }
        readonly attendance: {
          readonly registered: number
          readonly checkedIn: number
          readonly share: number | null
        }
        readonly meetings: {
          readonly held: number
          readonly present: number
          readonly absent: number
          readonly share: number | null
        }
        readonly duties: {
          readonly assigned: number
          readonly open: number
          readonly fulfilled: number
          readonly escalated: number
          readonly onTimeShare: number | null
        }
        readonly documents: {
          readonly filed: number
        }
        readonly money: {
          readonly budget: number
          readonly spent: number
          readonly share: number | null
          readonly perHead: number | null
        }
        readonly satisfaction: {
          readonly answers: number
          readonly mean: number | null
        }
        readonly volunteering: {
          readonly shifts: number
          readonly signUps: number
          readonly minutes: number
          readonly noShows: number
        }
        readonly assessment: {
          readonly scored: number
          readonly mean: number | null
        }
      }
    })[]
    readonly evidence: {
      readonly view: string
      readonly version: number
      readonly made: string
      readonly facts: number
      readonly positions: string
      readonly hash: string
    } | null
  } }
  "/directory": { path: Record<never, never>; query: { unit?: string; below?: boolean; kind?: string; person?: string; q?: string; on?: string; known?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly holding: string
      readonly person: string
      readonly name: string | null
      readonly kind: string
      readonly unit: string
      readonly from: string
      readonly until: string | null
      readonly citation: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/documents": { path: Record<never, never>; query: { q?: string; issuer?: string; kind?: "notice" | "plan" | "summary" | "report" | "minutes" | "regulation" | "request" | "reply"; status?: "draft" | "submitted" | "returned" | "approved" | "filed"; about?: string; author?: string; waiting?: boolean; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly issuer: string
      readonly kind: string
      readonly status: string
      readonly title: string
      readonly language: string
      readonly author: string
      readonly aboutService: string | null
      readonly aboutKind: string | null
      readonly aboutId: string | null
      readonly revision: number
      readonly approvers: readonly (string)[] | null
      readonly approvedBy: readonly (string)[]
      readonly year: number | null
      readonly number: number | null
      readonly label: string | null
      readonly retention: number | null
      readonly filedAt: string | null
      readonly changed: string
    })[]
    readonly nextCursor: string | null
  } }
  "/documents/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/documents/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/documents/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/documents/{id}/overview": { path: { id: string }; query: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly issuer: string
    readonly kind: string
    readonly status: string
    readonly language: string
    readonly author: string | null
    readonly about: {
      readonly service: string
      readonly kind: string
      readonly id: string
    } | null
    readonly revisions: readonly ({
      readonly revision: number
      readonly title: string
      readonly text: string
      readonly at: string
      readonly by: string | null
    })[]
    readonly line: readonly ({
      readonly person: string
      readonly approvedAt: string | null
    })[]
    readonly ground: string | null
    readonly returnedBy: string | null
    readonly filing: {
      readonly register: string
      readonly number: number
      readonly label: string
      readonly at: string
      readonly retention: number
      readonly void: string | null
    } | null
  } }
  "/door-keys/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/door-keys/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/door-keys/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/duties": { path: Record<never, never>; query: { owner?: string; unit?: string; state?: "open" | "overdue" | "fulfilled" | "unfulfilled"; assigner?: string; escalatedTo?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly title: string
      readonly name: {
        readonly en: string
        readonly zh: string
      } | null
      readonly owner: string
      readonly assigner: string | null
      readonly since: string
      readonly due: string
      readonly state: "open" | "overdue" | "fulfilled"
      readonly sourceKind: string | null
      readonly sourceId: string | null
      readonly note: string | null
      readonly remindedAt: string | null
      readonly escalatedAt: string | null
      readonly escalatedTo: string | null
      readonly fulfilledAt: string | null
      readonly fulfilledBy: string | null
      readonly onTime: boolean | null
    })[]
    readonly nextCursor: string | null
  } }
  "/duties/by-unit": { path: Record<never, never>; query: { unit?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly unit: string
      readonly open: number
      readonly overdue: number
      readonly firstDue: string
      readonly oldest: string
    })[]
    readonly nextCursor: string | null
  } }
  "/duties/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/duties/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/duties/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/erasures": { path: Record<never, never>; query: { unit?: string; status?: "requested" | "held" | "withdrawn" | "erased" | "complete"; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly person: string
      readonly unit: string
      readonly status: string
      readonly basis: string
      readonly requestedBy: string | null
      readonly requested: string
      readonly holds: readonly ({
        readonly ground: string
        readonly about: string | null
        readonly until: string | null
      })[]
      readonly approvedBy: readonly (string)[]
      readonly due: string | null
      readonly missing: readonly (string)[]
    })[]
    readonly nextCursor: string | null
  } }
  "/erasures/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/erasures/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/erasures/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/heartbeats/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/heartbeats/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/heartbeats/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/imports": { path: Record<never, never>; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly at: string
      readonly rows: number
      readonly finishedAt: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/imports/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/imports/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/imports/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/inbox": { path: Record<never, never>; query: { unread?: boolean; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly kind: string
      readonly aboutKind: string
      readonly aboutId: string
      readonly title: string | null
      readonly at: string
      readonly read: boolean
    })[]
    readonly nextCursor: string | null
  } }
  "/inbox-readings/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/inbox-readings/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/inbox-readings/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/me": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly person: {
      readonly id: string
      readonly name: string | null
      readonly number: string | null
      readonly campus: string
      readonly college: string | null
      readonly posts: readonly ({
        readonly holding: string
        readonly kind: string
        readonly unit: string
        readonly from: string
        readonly until: string | null
        readonly citation: string | null
      })[]
    } | null
    readonly operator: boolean
    readonly permissions: { readonly [key: string]: readonly (string)[] }
  } }
  "/meetings": { path: Record<never, never>; query: { unit?: string; status?: string; from?: string; to?: string; chair?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly title: {
        readonly en: string
        readonly zh: string
      }
      readonly kind: string
      readonly at: string
      readonly status: string
      readonly chair: string | null
      readonly document: string | null
      readonly label: string | null
      readonly invited: number
      readonly present: number
      readonly leaves: number
      readonly mine: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/meetings/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/meetings/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/meetings/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/meetings/{id}/overview": { path: { id: string }; query: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly unit: string
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly kind: string
    readonly at: string
    readonly status: string
    readonly chair: string
    readonly agenda: readonly (string)[]
    readonly attendees: readonly ({
      readonly person: string
      readonly state: "invited" | "present" | "leave-requested" | "leave-granted"
    })[]
    readonly resolutions: readonly ({
      readonly resolution: string
      readonly text: string
      readonly duties: readonly ({
        readonly duty: string
        readonly title: string
        readonly owner: string
        readonly unit: string | null
        readonly due: string
        readonly state: "open" | "overdue" | "fulfilled"
      })[]
    })[]
    readonly minutes: {
      readonly text: string
      readonly drafter: string | null
      readonly document: string | null
      readonly label: string | null
    } | null
  } }
  "/objections": { path: Record<never, never>; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly appointment: string
      readonly objection: string
      readonly person: string
      readonly name: string | null
      readonly kind: string
      readonly unit: string
      readonly status: string
      readonly noticeUntil: string | null
      readonly noticeDays: number | null
      readonly filedAt: string
      readonly settledAt: string | null
      readonly upheld: boolean | null
      readonly answer: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/people": { path: Record<never, never>; query: { q?: string; unit?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly name: string | null
      readonly number: string | null
      readonly campus: string
      readonly college: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/people/exports": { path: Record<never, never>; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly format: "csv" | "xlsx"
      readonly at: string
      readonly status: "ordered" | "finished" | "taken"
      readonly rows: number | null
      readonly left: number | null
    })[]
    readonly nextCursor: string | null
  } }
  "/people/exports/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/people/exports/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/people/exports/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/people/names": { path: Record<never, never>; query: { ids: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly name: string
    })[]
  } }
  "/people/records/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/people/records/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/people/records/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/people/{id}": { path: { id: string }; query: Record<never, never>; answer: {
    readonly id: string
    readonly name: string | null
    readonly number: string | null
    readonly campus: string
    readonly college: string | null
    readonly posts: readonly ({
      readonly holding: string
      readonly kind: string
      readonly unit: string
      readonly from: string
      readonly until: string | null
      readonly citation: string | null
    })[]
  } }
  "/people/{id}/erasure": { path: { id: string }; query: Record<never, never>; answer: {
    readonly status: string
    readonly basis: string | null
    readonly holds: readonly ({
      readonly ground: string
      readonly about: string | null
      readonly until: string | null
    })[]
    readonly approvals: number
  } }
  "/people/{id}/file": { path: { id: string }; query: Record<never, never>; answer: {
    readonly card: {
      readonly id: string
      readonly name: string | null
      readonly number: string | null
      readonly campus: string
      readonly college: string | null
      readonly posts: readonly ({
        readonly holding: string
        readonly kind: string
        readonly unit: string
        readonly from: string
        readonly until: string | null
        readonly citation: string | null
      })[]
    }
    readonly cases: readonly ({
      readonly id: string
      readonly status: string
      readonly kind: string
      readonly unit: string
      readonly from: string | null
      readonly until: string | null
      readonly citation: string | null
    })[]
  } }
  "/people/{id}/file/access": { path: { id: string }; query: Record<never, never>; answer: {
    readonly permission: string
    readonly unit: string
    readonly posts: readonly ({
      readonly kind: string
      readonly unit: string
      readonly person: string
      readonly name: string | null
    })[]
  } }
  "/people/{id}/file/readers": { path: { id: string }; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly at: string
      readonly reader: string | null
      readonly name: string | null
      readonly system: string | null
      readonly post: {
        readonly kind: string
        readonly unit: string
      } | null
      readonly reason: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/policies": { path: Record<never, never>; query: { unit?: string; at?: string }; answer: {
    readonly items: readonly ({
      readonly name: string
      readonly unit: string
      readonly value: number | string | boolean
      readonly tighter: "more" | "less"
      readonly version: number
      readonly from: string
    })[]
  } }
  "/policies/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/policies/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/policies/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/post-kinds": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly permissions: readonly (string)[]
    })[]
  } }
  "/post-kinds/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/post-kinds/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/post-kinds/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/registers": { path: Record<never, never>; query: { issuer?: string; year?: number; kind?: "notice" | "plan" | "summary" | "report" | "minutes" | "regulation" | "request" | "reply"; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly register: string
      readonly issuer: string
      readonly kind: string
      readonly year: number
      readonly last: number
      readonly voids: number
    })[]
    readonly nextCursor: string | null
  } }
  "/registers/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/registers/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/registers/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/registrations": { path: Record<never, never>; query: { activity?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly title: {
        readonly en: string
        readonly zh: string
      }
      readonly kind: string
      readonly status: string
      readonly venue: string
      readonly startsAt: string
      readonly endsAt: string
      readonly capacity: number
      readonly registered: number
      readonly waiting: number
      readonly registrationUntil: string | null
      readonly registration: "registered" | "waiting" | null
      readonly registeredAt: string | null
      readonly line: number | null
      readonly grade: string | null
      readonly checkedInAt: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/registrations/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/registrations/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/registrations/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/rolls/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/rolls/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/rolls/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/satisfaction": { path: Record<never, never>; query: { unit?: string; service?: string; kind?: string; subject?: string }; answer: {
    readonly answers: number
    readonly surveys: number
    readonly hidden: number
    readonly questions: readonly ({
      readonly id: string
      readonly answers: number
      readonly mean: number | null
      readonly counts: readonly (number)[]
    })[]
  } }
  "/schemes": { path: Record<never, never>; query: { unit?: string; subject?: "activity" | "person"; status?: "draft" | "adopted"; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly subject: "activity" | "person"
      readonly status: "draft" | "adopted"
      readonly revision: number
      readonly adopted: number | null
    })[]
    readonly nextCursor: string | null
  } }
  "/schemes/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/schemes/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/schemes/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/session": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly account: string
    readonly person: string | null
    readonly home: string | null
    readonly operator: boolean
    readonly by: "session" | "token"
    readonly scope: readonly (string)[] | null
    readonly expires: string
    readonly posts: readonly ({
      readonly kind: string
      readonly unit: string
      readonly from: string
      readonly until: string | null
    })[]
  } }
  "/session/all": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly openedAt: string
      readonly expiresAt: string
      readonly isThis: boolean
    })[]
  } }
  "/session/ways": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly password: boolean
    readonly oidc: boolean
  } }
  "/shift-rosters/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/shift-rosters/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/shift-rosters/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/shifts": { path: Record<never, never>; query: { unit?: string; activity?: string; category?: string; status?: "open" | "closed"; from?: string; to?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly activity: string | null
      readonly title: {
        readonly en: string
        readonly zh: string
      }
      readonly category: string
      readonly place: string
      readonly from: string
      readonly to: string
      readonly seats: number
      readonly status: "open" | "closed"
      readonly taken: number
      readonly waiting: number
    })[]
    readonly nextCursor: string | null
  } }
  "/shifts/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/shifts/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/shifts/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/shifts/{id}/sign-ups": { path: { id: string }; query: Record<never, never>; answer: {
    readonly items: readonly ({
      readonly person: string
      readonly status: string
      readonly since: string
      readonly service: string | null
    })[]
  } }
  "/sign-ups": { path: Record<never, never>; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly activity: string | null
      readonly title: {
        readonly en: string
        readonly zh: string
      }
      readonly category: string
      readonly place: string
      readonly from: string
      readonly to: string
      readonly seats: number
      readonly status: "open" | "closed"
      readonly seat: string
      readonly line: number | null
    })[]
    readonly nextCursor: string | null
  } }
  "/stints": { path: Record<never, never>; query: { unit?: string; shift?: string; status?: "in" | "out" | "entered" | "confirmed" | "refused" | "no-show"; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly person: string
      readonly shift: string
      readonly unit: string
      readonly status: string
      readonly activity: string | null
      readonly from: string | null
      readonly to: string | null
      readonly minutes: number | null
      readonly ground: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/stints/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/stints/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/stints/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/stopped-sources/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/stopped-sources/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/stopped-sources/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/surveys": { path: Record<never, never>; query: { unit?: string; status?: "open" | "closed"; mine?: boolean; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly unit: string
      readonly subject: {
        readonly service: string
        readonly kind: string
        readonly id: string
      }
      readonly title: {
        readonly en: string
        readonly zh: string
      }
      readonly questions: readonly ({
        readonly id: string
        readonly text: {
          readonly en: string
          readonly zh: string
        }
      })[]
      readonly eligible: "attended" | "everyone"
      readonly status: "open" | "closed"
      readonly openedAt: string
      readonly closesAt: string
    })[]
    readonly nextCursor: string | null
  } }
  "/surveys/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/surveys/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/surveys/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/surveys/{id}/results": { path: { id: string }; query: Record<never, never>; answer: {
    readonly survey: string
    readonly unit: string
    readonly subject: {
      readonly service: string
      readonly kind: string
      readonly id: string
    }
    readonly status: "open" | "closed"
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly answers: number
    readonly shown: boolean
    readonly missing: number
    readonly questions: readonly ({
      readonly id: string
      readonly text: {
        readonly en: string
        readonly zh: string
      }
      readonly mean: number | null
      readonly counts: readonly (number)[]
    })[]
    readonly comments: readonly (string)[]
  } }
  "/terms": { path: Record<never, never>; query: Record<never, never>; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly from: string
      readonly to: string
      readonly timezone: string
    })[]
  } }
  "/terms/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/terms/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/terms/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/tokens": { path: Record<never, never>; query: { limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly name: string
      readonly permissions: readonly (string)[]
      readonly expiresAt: string
      readonly createdAt: string
      readonly revokedAt: string | null
    })[]
    readonly nextCursor: string | null
  } }
  "/trail": { path: Record<never, never>; query: { person?: string; unit?: string; service?: string; stream?: string; type?: string; correlation?: string; from?: string; to?: string; limit?: number; cursor?: string }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly service: string
      readonly shard: number
      readonly position: number
      readonly stream: string
      readonly version: number
      readonly type: string
      readonly unit: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly correlation: string
      readonly causation: string
      readonly command: string
      readonly reason: string | null
      readonly policies: { readonly [key: string]: {
          readonly value: number | string | boolean
          readonly version: number
        } }
      readonly data: { readonly [key: string]: unknown }
    })[]
    readonly nextCursor: string | null
  } }
  "/trail/{service}/{stream}/{version}": { path: { service: string; stream: string; version: number }; query: Record<never, never>; answer: {
    readonly id: string
    readonly service: string
    readonly shard: number
    readonly position: number
    readonly stream: string
    readonly version: number
    readonly type: string
    readonly unit: string
    readonly occurred: string
    readonly recorded: string
    readonly actor: {
      readonly person: string | null
      readonly post: {
        readonly kind: string
        readonly unit: string
      } | null
      readonly system: string | null
    }
    readonly correlation: string
    readonly causation: string
    readonly command: string
    readonly reason: string | null
    readonly policies: { readonly [key: string]: {
        readonly value: number | string | boolean
        readonly version: number
      } }
    readonly data: { readonly [key: string]: unknown }
  } }
  "/trail/{service}/{stream}/{version}/proof": { path: { service: string; stream: string; version: number }; query: Record<never, never>; answer: {
    readonly proof: {
      readonly origin: string
      readonly index: number
      readonly size: number
      readonly root: string
      readonly hashes: readonly (string)[]
      readonly cosignatures: readonly ({
        readonly witness: string
        readonly time: number
      })[]
      readonly isEnough: boolean
      readonly entry: string
      readonly proof: string
    } | null
  } }
  "/units": { path: Record<never, never>; query: { on?: string; under?: string; gone?: boolean }; answer: {
    readonly items: readonly ({
      readonly id: string
      readonly kind: "federation" | "campus" | "union" | "department" | "association"
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly parent: string | null
      readonly level: string | null
      readonly unionKind: string | null
      readonly timezone: string
      readonly template: string | null
      readonly duties: readonly (string)[]
      readonly since: string
      readonly until: string | null
      readonly mergedInto: string | null
    })[]
  } }
  "/units/{id}": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly version: number
    readonly state: { readonly [key: string]: unknown }
  } }
  "/units/{id}/difference": { path: { id: string }; query: { from: string; to: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly from: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly to: {
      readonly version: number
      readonly state: { readonly [key: string]: unknown }
    }
    readonly changes: readonly ({
      readonly pointer: string
      readonly old?: unknown
      readonly new?: unknown
    })[]
    readonly facts: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly position: string
      readonly occurred: string
      readonly recorded: string
      readonly actor: {
        readonly person: string | null
        readonly post: {
          readonly kind: string
          readonly unit: string
        } | null
        readonly system: string | null
      }
      readonly reason: string | null
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/units/{id}/history": { path: { id: string }; query: { at?: string; version?: number; position?: string }; answer: {
    readonly id: string
    readonly stream: string
    readonly items: readonly ({
      readonly id: string
      readonly type: string
      readonly version: number
      readonly occurred: string
      readonly data: { readonly [key: string]: unknown }
    })[]
  } }
  "/volunteers/{person}/hours": { path: { person: string }; query: { from?: string; to?: string }; answer: {
    readonly person: string
    readonly minutes: number
    readonly items: readonly ({
      readonly shift: string
      readonly unit: string
      readonly status: string
      readonly activity: string | null
      readonly from: string | null
      readonly to: string | null
      readonly minutes: number | null
      readonly ground: string | null
    })[]
  } }
}

/** What may be commanded, by name. */
export type Commands = {
  adoptResolution: { path: { id: string }; query: Record<never, never>; body: {
    readonly text: string
    readonly duties: readonly ({
      readonly title: string
      readonly owner: string
      readonly unit?: string
      readonly due: string
      readonly fulfilledBy?: {
        readonly event: "documents.document-filed.v1" | "activities.activity-held.v1" | "activities.activity-closed.v1" | "activities.meeting-closed.v1" | "activities.minutes-filed.v1"
        readonly about: string
      }
    })[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  adoptScheme: { path: { id: string }; query: Record<never, never>; body: {
    readonly revision: number
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  announceActivity: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  answerSurvey: { path: { id: string }; query: Record<never, never>; body: {
    readonly scores: { readonly [key: string]: number }
    readonly comment?: string | null
  }; answer: {
    readonly survey: string
    readonly answered: boolean
    readonly position: string
    readonly receipt?: string
  } }
  approveActivity: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  approveDocument: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  approveErasure: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  approveMinutes: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  askLeave: { path: { id: string }; query: Record<never, never>; body: {
    readonly reason: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  assignDuty: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly title: string
    readonly owner: string
    readonly due: string
    readonly fulfilledBy?: {
      readonly event: "documents.document-filed.v1" | "activities.activity-held.v1" | "activities.activity-closed.v1" | "activities.meeting-closed.v1" | "activities.minutes-filed.v1"
      readonly about: string
    }
    readonly name?: {
      readonly en: string
      readonly zh: string
    }
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  callMeeting: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly kind: "presidium" | "standing-committee" | "department" | "department-exchange" | "other"
    readonly at: string
    readonly agenda: readonly (string)[]
    readonly invited: readonly (string)[]
    readonly chair: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  cancelActivity: { path: { id: string }; query: Record<never, never>; body: {
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  cancelAtDesk: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
    readonly person: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  cancelRegistration: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  changeCharter: { path: { id: string }; query: Record<never, never>; body: {
    readonly duties: readonly (string)[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  changePassword: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly current: string
    readonly next: string
  }; answer: null }
  checkEligibility: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  checkHolds: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  checkIn: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly shift: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  checkInByCode: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
    readonly code: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  checkOut: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly shift: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  checkReceipt: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly receipt: string
  }; answer: {
    readonly state: "merged" | "waiting" | "overdue"
    readonly origin: string
    readonly leaf: string
    readonly accepted: number
    readonly mergeBy: number
    readonly index: number | null
    readonly size: number
  } }
  closeAccount: { path: { account: string }; query: Record<never, never>; body: undefined; answer: null }
  closeActivity: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  closeMeeting: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  closeShift: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  closeSurvey: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  confirmDuty: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  confirmHours: { path: { id: string }; query: Record<never, never>; body: {
    readonly minutes?: number
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  countersignHours: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  createUnit: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly kind: "federation" | "campus" | "union" | "department" | "association"
    readonly name: {
      readonly en: string
      readonly zh: string
    }
    readonly parent?: string
    readonly level?: "campus" | "college"
    readonly unionKind?: "undergraduate" | "graduate"
    readonly timezone?: string
    readonly duties?: readonly (string)[]
    readonly template?: string
    readonly founded?: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  definePostKind: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly kind: string
    readonly unit: string
    readonly name: {
      readonly en: string
      readonly zh: string
    }
    readonly permissions: readonly (string)[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  defineTerm: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly term: string
    readonly unit: string
    readonly name: {
      readonly en: string
      readonly zh: string
    }
    readonly from: string
    readonly to: string
    readonly timezone: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  dissolveUnit: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  draftDocument: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly kind: "notice" | "plan" | "summary" | "report" | "minutes" | "regulation" | "request" | "reply"
    readonly title: string
    readonly text: string
    readonly about?: {
      readonly service: string
      readonly kind: string
      readonly id: string
    }
    readonly language?: "zh-CN" | "en"
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  draftMinutes: { path: { id: string }; query: Record<never, never>; body: {
    readonly text: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  draftScheme: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly name: {
      readonly en: string
      readonly zh: string
    }
    readonly subject: "activity" | "person"
    readonly criteria: readonly ({
      readonly id: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly source: "attendance" | "duties" | "satisfaction" | "thrift" | "hours"
      readonly weight: number
      readonly scale: {
        readonly from: number
        readonly to: number
      }
    })[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  endSession: { path: { id: string }; query: Record<never, never>; body: undefined; answer: null }
  enterHours: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly shift: string
    readonly person: string
    readonly from: string
    readonly to: string
    readonly reason: string
    readonly evidence: readonly (string)[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  enterSignIns: { path: { id: string }; query: Record<never, never>; body: {
    readonly persons: readonly (string)[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  fileObjection: { path: { id: string }; query: Record<never, never>; body: {
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  fulfilDuty: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  grantLeave: { path: { id: string }; query: Record<never, never>; body: {
    readonly person: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  holdActivity: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  importFile: { path: Record<never, never>; query: { dryRun?: boolean }; body: undefined; answer: {
    readonly import?: string
    readonly status?: "checked" | "finished"
    readonly repeated?: boolean
    readonly counts?: { readonly [key: string]: number }
    readonly checkedOnly?: { readonly [key: string]: number }
    readonly receipt?: string
    readonly rows?: readonly ({
      readonly section: string
      readonly id: string
      readonly unit: string | null
      readonly text: unknown
      readonly isNew: boolean | null
    })[]
    readonly warnings?: readonly ({ readonly [key: string]: unknown })[]
  } }
  makeToken: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly name: string
    readonly permissions: readonly (string)[]
    readonly expiresAt: string
  }; answer: {
    readonly id: string
    readonly name: string
    readonly permissions: readonly (string)[]
    readonly expiresAt: string
    readonly token: string
  } }
  markRead: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly notice: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  mergeUnit: { path: { id: string }; query: Record<never, never>; body: {
    readonly into: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  noteNoShow: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly shift: string
    readonly person: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  openAccount: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly account: string
    readonly person: string
    readonly home: string
    readonly password?: string
  }; answer: {
    readonly account: string
    readonly person: string
    readonly home: string | null
    readonly operator: boolean
    readonly hasPassword: boolean
    readonly disabledAt: string | null
  } }
  openAssessment: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly subject: {
      readonly kind: "activity" | "person"
      readonly id: string
    }
    readonly scheme: string
    readonly revision?: number
    readonly from: string
    readonly to: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  openMeeting: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  openRegistration: { path: { id: string }; query: Record<never, never>; body: {
    readonly capacity?: number
    readonly until: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  openSession: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly account: string
    readonly password: string
  }; answer: {
    readonly account: string
    readonly person: string | null
    readonly home: string | null
    readonly operator: boolean
    readonly by: "session" | "token"
    readonly scope: readonly (string)[] | null
    readonly expires: string
    readonly posts: readonly ({
      readonly kind: string
      readonly unit: string
      readonly from: string
      readonly until: string | null
    })[]
  } }
  openShift: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly activity?: string
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly category: "counselling" | "community" | "environment" | "information" | "popular-science"
    readonly place: string
    readonly from: string
    readonly to: string
    readonly seats: number
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  openSurvey: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly subject: {
      readonly service: string
      readonly kind: string
      readonly id: string
    }
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly questions?: readonly ({
      readonly id: string
      readonly text: {
        readonly en: string
        readonly zh: string
      }
    })[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  orderPeopleExport: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly format: "csv" | "xlsx"
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  preReviewActivity: { path: { id: string }; query: Record<never, never>; body: {
    readonly passed: boolean
    readonly ground?: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  proposeActivity: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly unit: string
    readonly title: {
      readonly en: string
      readonly zh: string
    }
    readonly theme: string
    readonly plan: string
    readonly risks: string
    readonly budget: number
    readonly major: boolean
    readonly venue: string
    readonly startsAt: string
    readonly endsAt: string
    readonly capacity: number
    readonly openTo: "campus" | "union" | "federation"
    readonly walkIns?: boolean
    readonly kind: string
    readonly organizers: readonly (string)[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  proposeAppointment: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly person: string
    readonly kind: string
    readonly unit: string
    readonly from?: string
    readonly until?: string
    readonly citation?: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  raiseBudget: { path: { id: string }; query: Record<never, never>; body: {
    readonly budget: number
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  recommendAppointment: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  recordOfflineScan: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
    readonly person: string
    readonly at: string
    readonly scan: string
    readonly key: string
    readonly signature: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  recordSpending: { path: { id: string }; query: Record<never, never>; body: {
    readonly amount: number
    readonly receipt: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  refuseHours: { path: { id: string }; query: Record<never, never>; body: {
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  regainLogPlaces: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly log: string
  }; answer: {
    readonly regained: number
  } }
  registerAtDesk: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
    readonly person: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  registerDoorKey: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
    readonly key: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  registerForActivity: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  registerPerson: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly person: string
    readonly name: string
    readonly number: string
    readonly campus: string
    readonly college?: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  rejectActivity: { path: { id: string }; query: Record<never, never>; body: {
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  removeFromPost: { path: { id: string }; query: Record<never, never>; body: {
    readonly reason: string
    readonly citation?: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  renameUnit: { path: { id: string }; query: Record<never, never>; body: {
    readonly name: {
      readonly en: string
      readonly zh: string
    }
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  reopenAccount: { path: { account: string }; query: Record<never, never>; body: undefined; answer: null }
  reportProgress: { path: { id: string }; query: Record<never, never>; body: {
    readonly note: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  requestErasure: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly person: string
    readonly basis: "no-longer-needed" | "consent-withdrawn" | "objection" | "unlawful" | "legal-duty"
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  resetPassword: { path: { account: string }; query: Record<never, never>; body: {
    readonly password: string
  }; answer: null }
  resumeSource: { path: { service: string; shard: number }; query: Record<never, never>; body: {
    readonly reason: string
  }; answer: {
    readonly position: string
    readonly from: number
    readonly facts: number
    readonly receipt?: string
  } }
  returnDocument: { path: { id: string }; query: Record<never, never>; body: {
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  reviseDocument: { path: { id: string }; query: Record<never, never>; body: {
    readonly title: string
    readonly text: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  reviseScheme: { path: { id: string }; query: Record<never, never>; body: {
    readonly name?: {
      readonly en: string
      readonly zh: string
    }
    readonly criteria: readonly ({
      readonly id: string
      readonly name: {
        readonly en: string
        readonly zh: string
      }
      readonly source: "attendance" | "duties" | "satisfaction" | "thrift" | "hours"
      readonly weight: number
      readonly scale: {
        readonly from: number
        readonly to: number
      }
    })[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  revokeToken: { path: { id: string }; query: Record<never, never>; body: undefined; answer: null }
  revokeTokenOfAccount: { path: { account: string; id: string }; query: Record<never, never>; body: undefined; answer: null }
  scanAttendance: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
    readonly person: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  scoreAssessment: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  sendOfflineScans: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly activity: string
    readonly key: string
    readonly scans: readonly ({
      readonly scan: string
      readonly person: string
      readonly at: string
      readonly signature: string
    })[]
  }; answer: {
    readonly items: readonly ({
      readonly scan: string
      readonly outcome: "counted" | "known" | "refused" | "later"
      readonly code: string | null
      readonly title: string | null
      readonly detail: string | null
      readonly receipt: string | null
    })[]
  } }
  setPolicy: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly name: string
    readonly unit: string
    readonly value: number | string | boolean
    readonly tighter?: "more" | "less"
    readonly from?: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  settleObjection: { path: { id: string }; query: Record<never, never>; body: {
    readonly objection: string
    readonly upheld: boolean
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  signIn: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  signOut: { path: Record<never, never>; query: Record<never, never>; body: undefined; answer: null }
  signUp: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly shift: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  submitDocument: { path: { id: string }; query: Record<never, never>; body: {
    readonly approvers: readonly (string)[]
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  takePeopleExport: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  voidNumber: { path: { id: string }; query: Record<never, never>; body: {
    readonly number: number
    readonly ground: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  withdrawAppointment: { path: { id: string }; query: Record<never, never>; body: {
    readonly reason: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  withdrawErasure: { path: { id: string }; query: Record<never, never>; body: Record<never, never>; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
  withdrawSignUp: { path: Record<never, never>; query: Record<never, never>; body: {
    readonly shift: string
  }; answer: {
    readonly id: string
    readonly version: number
    readonly position: string
    readonly events: number
    readonly receipt?: string
  } }
}
