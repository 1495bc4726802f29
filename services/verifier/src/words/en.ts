import type { Words } from './shape.ts'

export const en: Words = {
  findings: {
    'checkpoint-malformed': {
      what: 'The checkpoint cannot be read: {why}',
      means: 'Nothing can be said about this log. Get the file again; if it stays so, the log does not publish what it should.',
    },
    'checkpoint-forged': {
      what: 'A signature of the checkpoint is false: {why}',
      means: 'The checkpoint was altered after it was signed, or somebody pretends to be the log or a witness.',
    },
    'checkpoint-unsigned': {
      what: 'The log of your policy did not sign this checkpoint: {why}',
      means: 'This is another log, or your policy holds another key than the log signs with. Compare the keys with those you were given on paper.',
    },
    'too-few-cosignatures': {
      what: 'Too few witnesses cosigned: {cosigned}. The policy asks for “{quorum}”.',
      means:
        'The log itself signed, but not enough outsiders have confirmed that everybody is shown the same history. Without them the operator could show you another one.',
    },
    'too-old': {
      what: 'The last sign of life is {hours} hours old; at most {most} are allowed.',
      means: 'Either your copy is old, or the log stands still. A log that stands still takes nothing in: ask the operator, and look at a fresh copy.',
    },
    'from-the-future': {
      what: 'The last sign of life is from {time}, after now.',
      means: 'A clock is wrong: yours, or that of the log or a witness. Times of this log cannot be relied on until that is clear.',
    },
    'file-missing': {
      what: 'A file is missing.',
      means: 'Your copy is not whole, or the log withholds a part of its history. Copy it again; if it stays missing, the log is cut.',
    },
    'bundle-broken': { what: 'A file of entries is damaged: {why}', means: 'Entries were cut off, added or damaged. What it held cannot be what was signed.' },
    'entry-malformed': {
      what: 'Entry {index} is not in the form of an entry.',
      means: 'Somebody wrote into the log what the system does not write, or the entry was altered.',
    },
    'tile-differs': {
      what: 'The hashes in this file are not those of the entries.',
      means:
        'The entries or the hashes were altered after they were signed. Whoever checks proofs against these hashes is told something else than what the entries say.',
    },
    'older-file-differs': {
      what: 'This older, shorter file does not agree with {newer}.',
      means: 'The log has published two different histories of the same entries. Keep both files: they prove it.',
    },
    'root-differs': {
      what: 'The {size} entries give the root {computed}; signed was {signed}.',
      means: 'The entries here are not those that were signed: at least one was altered, added, removed or moved.',
    },
    'tiles-root-differs': {
      what: 'The hashes of the {size} entries do not give the root that was signed.',
      means: 'At least one file of hashes was altered or is damaged.',
    },
    'position-differs': {
      what: 'Source {source}: position {expected} should follow; found {found}.',
      means: 'A fact of this service is missing from the log, stands in it twice, or out of order. What was decided there was not wholly logged.',
    },
    'version-differs': {
      what: 'Record {stream}: version {expected} should follow; found {found}.',
      means: 'The history of this one record has a hole or a repetition: something that happened to it is not shown.',
    },
    'previous-differs': {
      what: 'Record {stream}: version {version} names another predecessor than the one that stands in the log.',
      means: 'The history of this one record was exchanged in part: what came before is not what was logged at the time.',
    },
    'read-missing': {
      what: 'Source {source}: a reading of a confidential record, of {time}, stands in one log and not in the other.',
      means: 'Somebody opened a personnel file, and one of the two logs is silent about it.',
    },
    'read-differs': {
      what: 'Source {source}: reading {number} is another one in each of the two logs.',
      means: 'Who opened a personnel file, and when, is told differently in the two logs: one of them was altered.',
    },
    'cut-since': {
      what: 'The log has {size} entries; it had {since} when the older checkpoint was signed.',
      means: 'The log was cut: what came later has been taken away. The older checkpoint proves that it was there.',
    },
    'forked-since': {
      what: 'The first {size} entries are not those of the older checkpoint of {origin}.',
      means: 'History was rewritten. Keep the older checkpoint and this one: both are signed, and together they prove it.',
    },
    'other-log': {
      what: 'This is of the log {found}, not of {origin}.',
      means: 'The two cannot be compared. Take a checkpoint of the same log.',
    },
    'not-in-the-log': {
      what: '{wanted} does not stand in the log.',
      means: 'It was never logged, not yet, or the name is mistyped. If you hold a receipt for it, check that with `receipts`.',
    },
    'proof-malformed': { what: 'This is not a whole proof: {why}', means: 'The file is damaged or something else. Get the proof again.' },
    'proof-false': {
      what: 'The proof does not hold: {why}',
      means: 'What it should prove does not stand where it says, in the log that was signed. Do not rely on it.',
    },
    'proof-of-another-entry': {
      what: 'The proof is of another fact than the record you gave.',
      means: 'The record was altered, or record and proof do not belong together.',
    },
    inconsistent: {
      what: 'The log with {to} entries does not continue the one with {from}.',
      means: 'The same log has had two histories. Both checkpoints are signed: keep them, together they prove it.',
    },
    'receipt-malformed': { what: 'This is not a receipt: {why}', means: 'The file is damaged or something else.' },
    'receipt-forged': {
      what: 'The system did not sign this receipt: {why}',
      means: 'The receipt was altered or made up, or the key you check with is another one.',
    },
    'receipt-of-another-log': { what: 'The receipt is for the log {found}, which is not here.', means: 'Look for it in a copy of that log.' },
    'receipt-overdue': {
      what: 'Promised until {mergeBy}, and not in the log (whose newest entry is from {newest}).',
      means: 'The system accepted this and has not logged it as promised. If your copy of the log is newer than the promise, the receipt proves the omission.',
    },
    'erasure-unauthorised': {
      what: '{person} was erased by {actor}, without the approval of a second person under a post.',
      means: 'Somebody’s data was destroyed and the log does not show that two people decided it.',
    },
    'erasure-unfinished': {
      what: 'More than a day after the erasure of {person}, not every service has said that it is done.',
      means: 'Somewhere data may still be readable that should be gone. Ask the operator which service is missing.',
    },
    'sealed-after-erasure': {
      what: 'A fact about {person} holds a sealed text, recorded after the erasure.',
      means: 'Personal data of somebody who was erased was taken in again.',
    },
    'kept-after-erasure': {
      what: 'The bundle holds a key or a ciphertext of {person}, made more than a day after the erasure.',
      means: 'What should have been destroyed by then was not, or came back with a backup. Ask the operator.',
    },
    'record-not-logged': {
      what: 'The record is not in the log.',
      means: 'It was altered after it was logged, it was never logged, or it is newer than your copy of the log.',
    },
    'bundle-differs': {
      what: 'The records of the bundle are not those of the logs in it: {why}',
      means: 'Somebody altered a record after it was logged, or gave you records of another history. Nothing that is folded from them can be trusted.',
    },
    'statement-forged': {
      what: 'The statement cannot be relied on: {why}',
      means: 'The system never signed this text. Whoever gave it to you has altered it, or the keys are not those of this system.',
    },
    'state-differs': {
      what: 'The facts give the state {found}; stated was {expected}.',
      means:
        'What was published is not what the facts say, or this verifier is of another version than the system was. Fold with the version of that day; if it stays, the figures are wrong.',
    },
  },
  facts: {
    log: '{origin}: {size} entries from {sources} sources in {streams} records; the newest of {recorded}',
    root: 'root {root}',
    cosigned: 'cosigned by {names}; the last time {time}',
    'nobody-cosigned': 'cosigned by nobody: that nobody is shown another history rests on the operator alone',
    since: 'continues the {size} entries of {name}',
    proof: '{origin}: entry {index} of {size}',
    entry: '{type}, {source}/{stream} version {version}, recorded {recorded} in {unit}, by {actor} ({post})',
    written: 'written to {path}',
    record: 'the record is the one that was logged',
    consistent: '{origin}: the {to} entries continue the {from}',
    'signatures-unseen': 'the signatures were not looked at: no policy was given',
    erasures: '{count} people were erased',
    erasure: '{person}: {time}, asked for by {requested}, approved by {approved}; destroyed by {services}',
    records: '{count} records are those that were logged; {sealed} of them hold sealed texts',
    'bundle-records': 'bundle of {scope}: {proved} records are those of the logs in it, {unsequenced} were not logged yet',
    refolded: '{view} from {facts} facts: {rows} rows, state {hash}',
    'receipt-merged': '{name}: stands in the log as entry {index}',
    'receipt-waiting': '{name}: not in the log yet, promised until {mergeBy}',
  },
  commands: {
    verify: 'looks at everything: each entry, each hash, signatures, completeness, age',
    prove: 'writes the proof that one fact stands in the log; a fact is named by its id, service/shard/position, or service/record/version',
    check: 'checks a proof file by a policy; with --record also that it is about that record',
    consistency: 'whether the log of one moment continues that of another; a moment is a checkpoint file or a number of entries',
    erasures:
      'who was erased, by whose decision, whether that is done; with --records (a file with a JSON record a line, or a bundle) also that they are the logged ones',
    refold: 'folds a published view anew from the facts of a bundle; the hash must be the stated one. --rows writes what the view held',
    files: 'names the files that a mirror of the log needs; --from an older checkpoint: those that are new since',
    receipts: 'whether what the system promised to log was logged',
  },
  frame: {
    usage: 'Usage: node verify.js COMMAND …',
    options: 'Everywhere: --language en|zh, --json, --help. Nothing is asked of any network.',
    exits: 'Ends with',
    misused: 'This cannot be meant: {why}',
    unreadable: 'Could not be read: {why}',
    sound: 'Sound: nothing contradicts what was signed.',
    doubtful: 'Not vouched for: nothing contradicts what was signed, but see above.',
    wrong: 'WRONG: see above.',
    alike: '… and {more} more of this kind',
    means: 'That means: ',
    unknown: 'there is no command {name}',
  },
  exits: [
    'sound',
    'the line that was typed cannot be meant',
    'something is wrong',
    'something could not be read',
    'nothing contradicts, but too few vouch for it or it is too old',
  ],
}
