import { fill } from '@collegium/shared/rejection.ts'

/** What is wrong at one place of a file: where, by which rule, what was allowed and what came; in both languages. */
export type Fault = {
  /** The entry's number in its list, from 1; null outside lists. */
  readonly row: number | null
  /** The line of the YAML text, from 1; null for JSON. */
  readonly line: number | null
  /** A JSON pointer into the file. */
  readonly pointer: string
  readonly code: string
  readonly message: { readonly en: string; readonly zh: string }
  readonly allowed: unknown
  readonly came: unknown
}
/** A fault before its line is looked up. */
export type Finding = Omit<Fault, 'row' | 'line'>

export const finding = (
  pointer: string,
  code: keyof typeof wordings,
  params: { allowed?: unknown; came?: unknown } & Record<string, unknown> = {},
): Finding => ({
  pointer,
  code,
  message: { en: fill(wordings[code].en, shownIn(params)), zh: fill(wordings[code].zh, shownIn(params)) },
  allowed: params.allowed ?? null,
  came: params.came ?? null,
})

const shownIn = (params: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') || '—' : String(value)]))

/** The last number of a pointer, counted from 1: people think of the third row, not of index 2. */
export const rowOf = (pointer: string): number | null => {
  const index = pointer.split('/').findLast((part) => /^\d+$/.test(part))
  return index === undefined ? null : Number(index) + 1
}

export const pointerTo = (...parts: (string | number)[]): string => parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const wordings = {
  unreadable: { en: 'This is not YAML that can be read: {came}', zh: '无法读取此处的 YAML：{came}' },
  'duplicate-id': { en: '{came} stands for something else already, at {first}; each id is used once.', zh: '{came} 已用于 {first}；每个编号只能用一次。' },
  'duplicate-number': { en: 'The number {came} belongs to {first} already.', zh: '学号 {came} 已属于 {first}。' },
  'duplicate-office': { en: 'This office is stated twice; first at {first}.', zh: '该任职重复出现；首次位于 {first}。' },
  'unknown-campus': { en: 'There is no campus {came}; there are: {allowed}.', zh: '没有学校 {came}；现有：{allowed}。' },
  'unknown-union': { en: 'There is no union {came}; there are: {allowed}.', zh: '没有学生会 {came}；现有：{allowed}。' },
  'unknown-department': { en: '{union} has no department {came}; it has: {allowed}.', zh: '{union} 没有部门 {came}；现有：{allowed}。' },
  'unknown-association': { en: '{union} has no association {came}; it has: {allowed}.', zh: '{union} 没有社团 {came}；现有：{allowed}。' },
  'unknown-college': { en: '{campus} has no college-level union {came}; it has: {allowed}.', zh: '{campus} 没有院级学生会 {came}；现有：{allowed}。' },
  'unknown-unit': { en: 'There is no unit {came} in the file or in the federation.', zh: '文件和联合会中都没有组织 {came}。' },
  'unknown-person': { en: 'There is no person {came} in the file or in the federation.', zh: '文件和联合会中都没有人员 {came}。' },
  'unknown-post': { en: 'There is no kind of post {came}; there are: {allowed}.', zh: '没有职务类别 {came}；现有：{allowed}。' },
  'undefined-department': {
    en: 'The template has no department {came}; it is named after its id and has no charter of duties.',
    zh: '模板中没有部门 {came}；将以其编号命名，且没有职责章程。',
  },
  'no-template': { en: 'The departments come from the template, and the file has none.', zh: '部门取自模板，但文件中没有模板。' },
  'no-name': { en: 'A union of a college needs a name in both languages.', zh: '院级学生会须有中英文名称。' },
  'union-place': {
    en: 'Only a college-level union stands under another one, a campus-level union of its campus: {allowed}; {came} came.',
    zh: '只有院级学生会可隶属于本校校级学生会：{allowed}；收到 {came}。',
  },
  'outside-terms': { en: '{came} lies in no term; terms are: {allowed}.', zh: '{came} 不在任何学期内；学期为：{allowed}。' },
  'wrong-order': { en: 'This ends on {came}, before it begins: {allowed} or later.', zh: '结束于 {came}，早于开始；应为 {allowed} 或之后。' },
  'before-founding': { en: '{came} lies before the founding of {association} on {allowed}.', zh: '{came} 早于 {association} 的成立日 {allowed}。' },
  'terms-overlap': { en: 'This term overlaps with {came}.', zh: '该学期与 {came} 重叠。' },
  'unknown-timezone': { en: '{came} is no time zone of the IANA list.', zh: '{came} 不是 IANA 时区。' },
  'policy-undeclared': {
    en: 'The federation has no policy {came}; a campus can only tighten what there is: {allowed}.',
    zh: '联合会没有政策 {came}；学校只能收紧已有政策：{allowed}。',
  },
  'policy-type': { en: 'The policy {name} is a {allowed} at the federation; {came} came.', zh: '联合会的政策 {name} 类型为 {allowed}；收到 {came}。' },
  'policy-direction': { en: 'For {name}, {allowed} is tighter; the campus says {came}.', zh: '{name} 以 {allowed} 为更严；学校写的是 {came}。' },
  'policy-loosened': {
    en: 'A campus may only tighten {name} ({tighter} is tighter): allowed is {allowed} or tighter, {came} came.',
    zh: '学校只能收紧 {name}（{tighter} 为更严）：允许 {allowed} 或更严，收到 {came}。',
  },
  'who-holds': {
    en: 'Exactly one of department and association says who holds it; {came} came.',
    zh: 'department 与 association 必须且只能填写一个；收到 {came}。',
  },
  'when-due': { en: 'An item has a day or a month; {came} came.', zh: '计划项须有日期或月份；收到 {came}。' },
  'federation-differs': { en: 'The federation here is {allowed}; the file is about {came}.', zh: '此处的联合会是 {allowed}；文件针对 {came}。' },
  'already-there': { en: '{id} is there already and differs: {allowed}; the file says {came}.', zh: '{id} 已存在且不同：{allowed}；文件为 {came}。' },
} as const
