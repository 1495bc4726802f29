import { rejections } from '@collegium/shared/rejection.ts'

export const reject = rejections({
  'sign-in-failed': { status: 401, en: 'Account and password do not belong together.', zh: '账号或密码不正确。' },
  'token-refused': {
    status: 401,
    en: 'The bearer token is unknown, revoked or expired, or its creator may no longer sign in.',
    zh: '访问令牌未知、已撤销或已过期，或其创建者已不能登录。',
  },
  'oidc-failed': { status: 401, en: 'The sign-in with the identity provider did not succeed: {why}', zh: '通过身份提供方登录未成功：{why}' },
  'account-unknown': {
    status: 403,
    en: 'The identity provider knows you as {account}, but no account of that name is open here.',
    zh: '身份提供方返回的账号为 {account}，但此处没有开通该账号。',
  },
  'wrong-password': { status: 403, en: 'The current password is not this one.', zh: '当前密码不正确。' },
  'password-sign-in-off': {
    status: 403,
    en: 'Passwords are switched off here; sign in with the identity provider.',
    zh: '此处已停用密码登录，请通过身份提供方登录。',
  },
  'https-needed': {
    status: 403,
    en: 'Sign in over https; plain http is for localhost only, and this came as {origin}.',
    zh: '请通过 https 登录；http 仅限本机使用，当前地址为 {origin}。',
  },
  'cross-site': {
    status: 403,
    en: 'A change with a session cookie must come from {own}; this one came from {from}.',
    zh: '使用会话 Cookie 的更改请求必须来自 {own}，而此请求来自 {from}。',
  },
  'session-needed': { status: 403, en: 'This is done in a session, not with a bearer token.', zh: '此操作须在登录会话中进行，不能使用访问令牌。' },
  'beyond-creator': {
    status: 403,
    en: 'A token cannot carry {permissions}: you do not hold it yourself.',
    zh: '令牌不能包含 {permissions}：您自己并不拥有该权限。',
  },
  'oidc-off': { status: 404, en: 'No identity provider is configured here.', zh: '此处未配置身份提供方。' },
  'account-taken': { status: 409, en: 'The account {account} is open for somebody else.', zh: '账号 {account} 已为他人开通。' },
  'account-closed': { status: 409, en: 'The account {account} is closed; open it again first.', zh: '账号 {account} 已关闭，请先重新开通。' },
  'person-has-account': { status: 409, en: 'The person has an account under another name.', zh: '该人员已有另一个账号。' },
  'person-elsewhere': {
    status: 422,
    en: 'No person {person} belongs to the campus {home}.',
    zh: '校区 {home} 没有人员 {person}。',
  },
  'expiry-out-of-range': {
    status: 422,
    en: 'A token expires within {days} days from now; {expiresAt} is not.',
    zh: '令牌须在 {days} 天内到期，{expiresAt} 不符合要求。',
  },
  'too-many-attempts': {
    status: 429,
    en: 'More than {limit} attempts a minute; try again in {seconds} s.',
    zh: '每分钟尝试超过 {limit} 次，请在 {seconds} 秒后重试。',
  },
})
