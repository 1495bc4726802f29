import { rejections } from '@collegium/shared/rejection.ts'

/** Why this service refuses; every message says what would have been allowed. */
export const reject = rejections({
  'ends-before-start': {
    status: 422,
    en: 'It ends at {endsAt}, which is not after its start at {startsAt}.',
    zh: '结束时间 {endsAt} 不晚于开始时间 {startsAt}。',
  },
  'activity-not-there': { status: 404, en: 'There is no activity {activity}.', zh: '活动 {activity} 不存在。' },
  'wrong-activity-status': {
    status: 409,
    en: 'The activity is {status}; this needs one that is {allowed}.',
    zh: '活动当前状态为 {status}，此操作要求状态为 {allowed}。',
  },
  'pre-review-missing': {
    status: 409,
    en: 'A major activity needs the guidance committee’s pre-review before it is approved.',
    zh: '重大活动须先经团委预审，方可批准。',
  },
  'pre-review-not-needed': { status: 409, en: 'Only a major activity is pre-reviewed; this one is not.', zh: '只有重大活动需要预审，该活动不是重大活动。' },
  'ground-needed': { status: 422, en: 'A refusal needs a ground.', zh: '不予通过须说明理由。' },
  'own-case': {
    status: 403,
    en: 'Nobody decides on their own case: {person} proposed or organizes it.',
    zh: '任何人不得决定自己的事项：{person} 是提出人或组织者。',
  },
  'until-out-of-range': {
    status: 422,
    en: 'Registration may end between {now} and {endsAt}; {until} does not.',
    zh: '报名截止时间须在 {now} 与 {endsAt} 之间，而不是 {until}。',
  },
  'not-started': { status: 409, en: 'It starts at {startsAt}; before that it cannot have been held.', zh: '活动于 {startsAt} 开始，此前不能登记为已举行。' },
  'over-budget': {
    status: 409,
    en: 'The budget is {budget} fen and {spent} are spent; {amount} more need a decision to raise it.',
    zh: '预算为 {budget} 分，已支出 {spent} 分；再支出 {amount} 分须先决定追加预算。',
  },
  'receipt-used': { status: 409, en: 'Receipt {receipt} is recorded already, over {amount} fen.', zh: '票据 {receipt} 已登记，金额为 {amount} 分。' },
  'budget-not-raised': {
    status: 422,
    en: 'The budget is {budget} fen already; a raise must be above it.',
    zh: '现有预算为 {budget} 分，追加后的预算须高于该数额。',
  },

  'nobody-asked': { status: 422, en: 'This needs a person, and the caller is none.', zh: '此操作须由具体人员进行。' },
  'registration-closed': { status: 409, en: 'Registration is not open: {why}.', zh: '报名未开放：{why}。' },
  'not-eligible': { status: 403, en: 'The activity is open to the {openTo} only.', zh: '该活动仅向{openTo}范围内的人员开放。' },

  'check-in-not-open': { status: 409, en: 'Check-in opens at {opensAt}.', zh: '签到于 {opensAt} 开始。' },
  'check-in-closed': { status: 409, en: 'Check-in is closed: the activity is {status}.', zh: '签到已关闭：活动状态为 {status}。' },
  'code-expired': { status: 409, en: 'The code has expired; scan the one that is shown now.', zh: '签到码已过期，请扫描当前显示的签到码。' },
  'code-of-another-activity': { status: 409, en: 'The code belongs to another activity.', zh: '该签到码属于其他活动。' },
  'code-wrong': { status: 409, en: 'The code is not known.', zh: '签到码无效。' },
  'not-registered': { status: 409, en: 'Only those who hold a place may check in to this activity.', zh: '该活动仅限已获名额者签到。' },
  'own-attendance': { status: 403, en: 'Nobody scans themselves: use the code that is shown.', zh: '不得为本人扫码登记，请使用现场签到码。' },

  'door-key-malformed': {
    status: 422,
    en: 'This is no public key of a device: a point on P-256, 65 bytes as base64url.',
    zh: '这不是设备公钥：应为 P-256 曲线上的点，65 字节，base64url 编码。',
  },
  'door-key-of-another': {
    status: 403,
    en: 'The device’s key belongs to {holder}; sign in as them to send what they scanned.',
    zh: '该设备密钥属于 {holder}；请以其身份登录后再上传其扫码记录。',
  },
  'door-key-unknown': { status: 409, en: 'This key was not registered for the door of this activity.', zh: '该密钥未在本活动的签到处登记。' },
  'scan-before-key': {
    status: 409,
    en: 'The scan says {at}, but the device was registered only at {registered}.',
    zh: '扫码时间为 {at}，而该设备于 {registered} 才登记。',
  },
  'scan-forged': {
    status: 422,
    en: 'The signature does not fit the scan: it was altered, or signed by another key.',
    zh: '签名与扫码内容不符：内容被更改，或由其他密钥签署。',
  },

  'wrong-meeting-status': {
    status: 409,
    en: 'The meeting is {status}; this needs one that is {allowed}.',
    zh: '会议当前状态为 {status}，此操作要求状态为 {allowed}。',
  },
  'meeting-not-there': { status: 404, en: 'There is no meeting {meeting}.', zh: '会议 {meeting} 不存在。' },
  'not-invited': { status: 403, en: '{person} is not invited to this meeting.', zh: '{person} 不在本次会议的应到名单中。' },
  'already-there': { status: 409, en: '{person} has signed in already.', zh: '{person} 已签到。' },
  'leave-not-requested': { status: 409, en: '{person} has not asked for leave.', zh: '{person} 未请假。' },
  'own-leave': { status: 403, en: 'Nobody grants their own leave.', zh: '不得批准本人的请假。' },
  'not-the-chair': { status: 403, en: 'The minutes are approved by the chair, {chair}.', zh: '会议纪要须由会议主席 {chair} 审定。' },

  'due-in-the-past': { status: 422, en: 'It would be due at {due}, which is not after {now}.', zh: '期限 {due} 不晚于当前时间 {now}。' },
  'not-the-owner': { status: 403, en: 'The duty belongs to {owner}.', zh: '该任务由 {owner} 负责。' },
  'own-duty': { status: 403, en: 'Nobody confirms their own duty; its owner reports it as fulfilled.', zh: '不得确认本人的任务；负责人应自行报告完成。' },
  'duty-fulfilled': { status: 409, en: 'The duty was fulfilled already.', zh: '该任务已完成。' },
})
