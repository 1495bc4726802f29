/** What the fields of the domain hold, by their names: facts and commands use the same. */

/** Fields that hold fen. */
export const moneyFields: ReadonlySet<string> = new Set(['amount', 'budget', 'previous', 'receipts', 'spent'])
/** Fields that hold people. */
export const peopleFields: ReadonlySet<string> = new Set([
  'absent',
  'approvers',
  'author',
  'chair',
  'drafter',
  'excused',
  'invited',
  'organizers',
  'owner',
  'person',
  'persons',
  'present',
  'proposer',
])
/** Fields that hold units. */
export const unitFields: ReadonlySet<string> = new Set(['campus', 'college', 'home', 'into', 'issuer', 'parent', 'unit'])
