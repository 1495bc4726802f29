import { rejections } from './rejection.ts'

/** What any door or handler may have to refuse, in one table; a service's own rules stand in its rejections.ts. */
export const refuse = rejections({
  'invalid-input': { status: 400, en: 'The {part} has {count} fault(s); see errors.', zh: '{part}中有 {count} 处错误，详见 errors。' },
  'malformed-json': { status: 400, en: 'The body is not JSON that can be read: {why}', zh: '请求体不是可读的 JSON：{why}' },
  'broken-text': {
    status: 400,
    en: 'A text holds what is no character: U+0000, or half of a pair.',
    zh: '文本中含有无效字符：U+0000 或不成对的代理码位。',
  },
  'bad-request': { status: 400, en: 'The request cannot be read: {why}', zh: '无法读取该请求：{why}' },
  'bad-cursor': { status: 400, en: 'This cursor was not made by this list.', zh: '该游标不是由此列表生成的。' },
  'one-moment': { status: 400, en: 'Name one moment: at, position or positions.', zh: '请只给出一个时刻：at、position 或 positions 之一。' },
  'unknown-position': {
    status: 404,
    en: 'No fact that counts here stands at {position}.',
    zh: '{position} 处没有与此相关的事实。',
  },
  'too-long-to-fold': {
    status: 422,
    en: 'That is {facts} facts; more than {most} are folded from a bundle, by verify refold.',
    zh: '共有 {facts} 条事实；超过 {most} 条时请导出归档包，用 verify refold 重算。',
  },
  'signed-out': { status: 401, en: 'Sign in first, or send a valid bearer token.', zh: '请先登录，或提供有效的访问令牌。' },
  'actor-token-refused': {
    status: 401,
    en: 'The actor token is not one that this installation signed, or it has expired.',
    zh: '操作者令牌并非本系统签发，或已过期。',
  },
  forbidden: {
    status: 403,
    en: 'This needs the permission {permission} at {unit}. Posts that have it: {posts}.',
    zh: '此操作需要在 {unit} 拥有权限 {permission}。具有该权限的职务：{posts}。',
  },
  'unknown-path': { status: 404, en: 'There is nothing at {path}.', zh: '{path} 处没有任何内容。' },
  'unknown-id': { status: 404, en: 'There is no {aggregate} with the id {id}.', zh: '没有编号为 {id} 的 {aggregate}。' },
  'unknown-unit': { status: 404, en: 'There is no unit {unit} in the organization.', zh: '组织中没有单位 {unit}。' },
  'too-busy': {
    status: 409,
    en: 'Too many others are changing the {aggregate} {id} at this moment; send the same request again.',
    zh: '此刻对 {aggregate} {id} 的更改过多，请稍后重新提交同一请求。',
  },
  'stale-version': {
    status: 412,
    en: 'If-Match names version {expected}, but it is at version {actual}. Read it again before you decide.',
    zh: 'If-Match 指明版本 {expected}，而当前版本为 {actual}。请重新读取后再决定。',
  },
  'person-erased': {
    status: 410,
    en: 'The data of the person {person} was erased; nothing about them is stored any more.',
    zh: '人员 {person} 的个人资料已被删除；不再存储其任何信息。',
  },
  'body-too-large': { status: 413, en: 'The body is larger than allowed{limit}.', zh: '请求体超出允许的大小{limit}。' },
  'path-too-long': { status: 414, en: 'A part of the path is longer than allowed.', zh: '路径中的某一部分过长。' },
  'unsupported-media-type': {
    status: 415,
    en: 'The media type of the body is not one that is read here; send application/json.',
    zh: '不支持请求体的媒体类型；请使用 application/json。',
  },
  'reason-needed': {
    status: 422,
    en: 'This record is confidential: say in the header Collegium-Reason why you open it. The person concerned sees it.',
    zh: '此记录为保密内容：请在 Collegium-Reason 请求头中说明查阅理由，当事人可以看到。',
  },
  'idempotency-key-reused': {
    status: 422,
    en: 'This Idempotency-Key was used before with another request; take a new key for a new request.',
    zh: '该 Idempotency-Key 已用于另一请求；新的请求请使用新的键。',
  },
  'unknown-policy': { status: 503, en: 'No policy {policy} is in force at {unit}.', zh: '{unit} 没有生效的政策 {policy}。' },
  'occurred-ahead': {
    status: 422,
    en: 'Collegium-Occurred dates a decision back; {occurred} is still ahead, it is {now}.',
    zh: 'Collegium-Occurred 只能补记过去的决定；{occurred} 尚未到来，现在是 {now}。',
  },
  'too-many-requests': {
    status: 429,
    en: 'More requests came than the {limit} allowed; try again in {seconds} s.',
    zh: '请求次数超出允许的 {limit} 次，请在 {seconds} 秒后重试。',
  },
  unexpected: {
    status: 500,
    en: 'Something went wrong inside. Quote the traceId when you report it.',
    zh: '系统内部出现错误。反馈时请附上 traceId。',
  },
  unavailable: {
    status: 503,
    en: 'Something that this needs does not answer at this moment. The request may have been carried out; repeat it with the same Idempotency-Key.',
    zh: '所需的组件当前无响应。请求可能已被执行，请使用相同的 Idempotency-Key 重试。',
  },
  'read-not-recorded': {
    status: 503,
    en: 'That you read this cannot be written down at this moment, so it is not shown; try again shortly.',
    zh: '此刻无法记录本次查阅，因此不予显示；请稍后重试。',
  },
  overloaded: { status: 503, en: 'The service has too much to do at this moment; try again shortly.', zh: '服务当前繁忙，请稍后重试。' },
  'too-late': {
    status: 503,
    en: 'The time that this request may take was over before it was done, and it was given up; try again shortly.',
    zh: '该请求未能在规定时间内完成，已被放弃，请稍后重试。',
  },
  'not-yet-seen': { status: 503, en: 'The view has not reached {position} yet; try again shortly.', zh: '视图尚未到达 {position}，请稍后重试。' },
  'upstream-down': {
    status: 503,
    en: 'The service {service} does not answer at this moment; try again shortly.',
    zh: '服务 {service} 当前无响应，请稍后重试。',
  },
  'upstream-slow': {
    status: 504,
    en: 'The service {service} did not answer in time. The request may have been carried out; repeat it with the same Idempotency-Key.',
    zh: '服务 {service} 未及时响应。请求可能已被执行，请使用相同的 Idempotency-Key 重试。',
  },
})
