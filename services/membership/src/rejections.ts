import { rejections } from '@collegium/shared/rejection.ts'

/** Every refusal of membership, by its code. */
export const reject = rejections({
  'unknown-member-unit': { status: 422, en: 'There is no active unit {unit}; it is {status}.', zh: '没有处于活动状态的组织 {unit}；其状态为 {status}。' },
  'unit-exists': {
    status: 409,
    en: 'The unit {unit} exists already, as {kind} under {parent} with another content.',
    zh: '组织 {unit} 已存在，为 {parent} 之下的 {kind}，内容不同。',
  },
  'unit-closed': { status: 409, en: 'The unit {unit} is {status} and can no longer change.', zh: '组织 {unit} 已{status}，不可再变更。' },
  'unit-parent': { status: 422, en: 'A {kind} stands under: {allowed}; {parent} is {came}.', zh: '{kind} 的上级应为：{allowed}；而 {parent} 是 {came}。' },
  'unit-level': {
    status: 422,
    en: 'A union has a level (campus, college) and a kind (undergraduate, graduate), and nothing else has; it came with {level} and {unionKind}.',
    zh: '学生会须有级别（校级、院级）和类别（本科、研究生），其他组织没有；收到的是 {level} 和 {unionKind}。',
  },
  'unit-timezone': { status: 422, en: '{timezone} is no time zone of the IANA list.', zh: '{timezone} 不是 IANA 时区。' },
  'federation-exists': { status: 409, en: 'There is one federation here, {federation}.', zh: '此处已有联合会 {federation}。' },
  'federation-stays': { status: 409, en: 'The federation itself is neither merged nor dissolved.', zh: '联合会本身不能合并或撤销。' },
  'unit-has-children': {
    status: 409,
    en: 'Active units stand below {unit}: {children}. Merge or dissolve them first.',
    zh: '{unit} 之下还有活动组织：{children}。请先合并或撤销它们。',
  },
  'merge-target': {
    status: 422,
    en: 'A {kind} merges into another active {kind}; {into} is {came}.',
    zh: '{kind} 只能并入另一个活动的 {kind}；{into} 是 {came}。',
  },
  'federation-only': { status: 422, en: 'This is set at a federation; {unit} is {came}.', zh: '此项只能由联合会设置；{unit} 是 {came}。' },

  'policy-place': { status: 422, en: 'A policy is set at the federation or a campus; {unit} is {came}.', zh: '政策由联合会或学校设置；{unit} 是 {came}。' },
  'policy-undeclared': {
    status: 422,
    en: 'The federation has no policy {name}; a campus can only tighten what there is.',
    zh: '联合会没有政策 {name}；学校只能收紧已有的政策。',
  },
  'policy-type': { status: 422, en: 'The policy {name} is a {allowed}; {came} came.', zh: '政策 {name} 的类型是 {allowed}；收到 {came}。' },
  'policy-loosened': {
    status: 422,
    en: 'A campus may only tighten {name}: {allowed} or {tighter} is allowed, {came} came.',
    zh: '学校只能收紧 {name}：允许 {allowed} 或更严（{tighter}），收到 {came}。',
  },
  'policy-before': {
    status: 422,
    en: 'A version of {name} is in force from {allowed} at the earliest; {came} came.',
    zh: '{name} 的新版本最早自 {allowed} 起生效；收到 {came}。',
  },
  'policy-direction': { status: 409, en: 'For {name}, {tighter} is tighter; that does not change.', zh: '{name} 以 {tighter} 为更严，不可更改。' },

  'term-order': { status: 422, en: 'A term ends on or after its first day; {from} to {to} came.', zh: '学期的结束日不早于开始日；收到 {from} 至 {to}。' },
  'term-overlaps': { status: 409, en: '{from} to {to} overlaps with the term {term}.', zh: '{from} 至 {to} 与学期 {term} 重叠。' },

  'person-exists': { status: 409, en: 'The person {person} is registered already with other details.', zh: '人员 {person} 已以其他信息登记。' },
  'person-campus': { status: 422, en: 'People are registered at an active campus; {campus} is {came}.', zh: '人员须登记在活动的学校；{campus} 是 {came}。' },
  'person-college': {
    status: 422,
    en: 'A college is a college-level union of the campus {campus}; {college} is {came}.',
    zh: '学院须是 {campus} 的院级学生会；{college} 是 {came}。',
  },

  'unknown-post-kind': { status: 422, en: 'There is no kind of post {kind}.', zh: '没有职务类别 {kind}。' },
  'unknown-person': { status: 422, en: 'There is no person {person}.', zh: '没有人员 {person}。' },
  'appointment-exists': { status: 409, en: 'This appointment was proposed already with another content.', zh: '该任命已以其他内容提出。' },
  'appointment-order': {
    status: 422,
    en: 'A post is held until after it is taken; {from} to {until} came.',
    zh: '任职结束须晚于开始；收到 {from} 至 {until}。',
  },
  'appointment-status': {
    status: 409,
    en: 'This is possible while the appointment is {allowed}; it is {came}.',
    zh: '仅当任命处于 {allowed} 时可行；现为 {came}。',
  },
  'own-case': { status: 403, en: 'Nobody decides on their own case: you are the candidate.', zh: '任何人不得处理自己的事项：您是候选人。' },
  'same-hands': {
    status: 403,
    en: 'Duties are separated: who {first} does not {second} as well.',
    zh: '职责分离：{first} 的人不得同时 {second}。',
  },
  'notice-over': { status: 409, en: 'Objections were open until {until}.', zh: '异议受理截止于 {until}。' },
  'not-yet': { status: 409, en: 'The post is taken at {effect} at the earliest.', zh: '最早于 {effect} 就任。' },
  'objection-open': { status: 409, en: 'Objections are open: {objections}. They are settled first.', zh: '尚有未处理的异议：{objections}，须先处理。' },
  'unknown-objection': { status: 404, en: 'There is no objection {objection}; there are: {allowed}.', zh: '没有异议 {objection}；现有：{allowed}。' },
  'objection-settled': { status: 409, en: 'The objection {objection} is settled already: {verdict}.', zh: '异议 {objection} 已处理：{verdict}。' },

  'erasure-of-another': {
    status: 403,
    en: 'Everybody asks for their own erasure; for others it needs the permission erasures:enter at their campus.',
    zh: '每个人只能申请删除自己的个人资料；代他人申请须在其学校拥有 erasures:enter 权限。',
  },
  'erasure-status': {
    status: 409,
    en: 'This is possible while the erasure is {allowed}; it is {came}.',
    zh: '仅当删除申请处于 {allowed} 时可行；现为 {came}。',
  },
  'erasure-held': { status: 409, en: 'The data must be kept for now: {grounds}.', zh: '目前依法须保留这些资料：{grounds}。' },
  'own-erasure': { status: 403, en: 'Nobody approves their own erasure.', zh: '任何人不得批准对自己资料的删除。' },
  'erasure-nobody': {
    status: 403,
    en: 'Two people approve an erasure; this access belongs to nobody.',
    zh: '删除须由两个人批准；当前访问凭证不属于任何人。',
  },

  'export-taken': {
    status: 409,
    en: 'The list {export} has arrived already; a newer one is ordered anew.',
    zh: '名单 {export} 已送达；如需更新的名单，请重新申请。',
  },
  'export-not-sent': { status: 409, en: 'Not all rows of {export} have been sent.', zh: '名单 {export} 尚未全部发送。' },
  'import-running': { status: 409, en: 'Another file is being imported: {import}.', zh: '正在导入另一个文件：{import}。' },
  'import-unknown': { status: 404, en: 'No import {import} was begun.', zh: '没有已开始的导入 {import}。' },
  'import-empty': {
    status: 400,
    en: 'The body is the file itself, as application/yaml or application/json.',
    zh: '请求正文应为文件本身，类型为 application/yaml 或 application/json。',
  },
})
