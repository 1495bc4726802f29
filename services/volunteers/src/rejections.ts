import { rejections } from '@collegium/shared/rejection.ts'

/** Every refusal of volunteers, by its code. */
export const reject = rejections({
  'person-needed': { status: 403, en: 'Only a person can do this; the caller has none.', zh: '此操作只能由个人进行，调用者没有对应的人员。' },
  'unknown-shift': { status: 404, en: 'There is no shift {shift}.', zh: '没有班次 {shift}。' },
  'unknown-activity': { status: 422, en: 'There is no activity {activity}.', zh: '没有活动 {activity}。' },
  'activity-over': {
    status: 409,
    en: 'The activity {activity} is {status}; shifts open for one that is still ahead or under way.',
    zh: '活动 {activity} 的状态为 {status}；只能为尚未结束的活动开设班次。',
  },
  'shift-order': { status: 422, en: 'A shift ends after it begins; {from} to {to} came.', zh: '班次的结束须晚于开始；收到 {from} 至 {to}。' },
  'shift-too-long': {
    status: 422,
    en: 'One shift lasts at most {max} minutes, as one may serve in a day; {minutes} came.',
    zh: '一个班次最长 {max} 分钟（每日上限）；收到 {minutes} 分钟。',
  },
  'shift-past': {
    status: 422,
    en: 'A shift is opened before it ends; it is {now} and it ends at {to}.',
    zh: '班次须在结束前开设；现在是 {now}，结束于 {to}。',
  },
  'shift-closed': { status: 409, en: 'The shift {shift} is closed.', zh: '班次 {shift} 已关闭。' },
  'shift-begun': {
    status: 409,
    en: 'A seat is given back before the shift begins; it began at {from}.',
    zh: '只能在班次开始前退出；班次已于 {from} 开始。',
  },
  'shift-over': { status: 409, en: 'The shift ended at {to}; it is {now}.', zh: '班次已于 {to} 结束；现在是 {now}。' },
  'shift-not-over': {
    status: 409,
    en: 'Who did not come is known when the shift is over, at {to}; it is {now}.',
    zh: '缺席须在班次于 {to} 结束后认定；现在是 {now}。',
  },
  'overlapping-shift': {
    status: 409,
    en: 'You are signed up for {shift} from {from} to {to}, at the same time. Withdraw there first.',
    zh: '您已报名同一时间的班次 {shift}（{from} 至 {to}），请先退出。',
  },
  'not-signed-up': {
    status: 409,
    en: 'You are neither on the roster nor on the waitlist of the shift {shift}.',
    zh: '您不在班次 {shift} 的名单或候补名单中。',
  },
  'not-on-roster': {
    status: 409,
    en: '{person} has no seat on the shift {shift}; who came without one is entered by hand.',
    zh: '{person} 在班次 {shift} 中没有名额；未报名而到场者由负责人手工登记。',
  },
  'outside-shift': {
    status: 409,
    en: 'Check-in is open from {opens} to {to}; it is {now}.',
    zh: '签到时间为 {opens} 至 {to}；现在是 {now}。',
  },
  'still-checked-in': { status: 409, en: 'You are still checked in at the shift {shift}. Check out there first.', zh: '您仍在班次 {shift} 签到中，请先签退。' },
  'stint-status': {
    status: 409,
    en: 'This is possible while the service is {allowed}; it is {came}.',
    zh: '仅当服务状态为 {allowed} 时可行；现为 {came}。',
  },
  'out-before-in': { status: 422, en: 'Nobody checks out before checking in: in at {in}, out at {out}.', zh: '签退不能早于签到：签到 {in}，签退 {out}。' },
  'impossible-hours': {
    status: 422,
    en: 'The shift allows at most {limit} minutes; {minutes} came. The host can enter the real hours by hand.',
    zh: '该班次最多 {limit} 分钟；收到 {minutes} 分钟。负责人可手工登记实际时长。',
  },
  'hours-outside-shift': {
    status: 422,
    en: 'Hours of this shift lie between {opens} and {closes}; {from} to {to} came.',
    zh: '该班次的服务时间应在 {opens} 与 {closes} 之间；收到 {from} 至 {to}。',
  },
  'hours-ahead': { status: 422, en: 'Hours are entered when they are over; it is {now}, {to} came.', zh: '时长须在服务结束后登记；现在是 {now}，收到 {to}。' },
  'too-much-a-day': {
    status: 409,
    en: 'At most {max} minutes count on one day; with these, {day} would have {total}.',
    zh: '每日最多计 {max} 分钟；计入后 {day} 将达 {total} 分钟。',
  },
  'overlapping-hours': {
    status: 409,
    en: 'Hours of the same time are confirmed already: shift {shift}, {from} to {to}.',
    zh: '同一时间的时长已被确认：班次 {shift}，{from} 至 {to}。',
  },
  'more-than-served': {
    status: 422,
    en: '{served} minutes were served; {minutes} came. A host may confirm fewer, not more.',
    zh: '实际服务 {served} 分钟；收到 {minutes} 分钟。只可少确认，不可多确认。',
  },
  'own-hours': { status: 403, en: 'Nobody decides on their own hours.', zh: '任何人不得处理自己的时长。' },
  'second-confirmer': {
    status: 409,
    en: 'Hours entered by hand need the countersignature of a second person outside the unit.',
    zh: '手工登记的时长须由本单位以外的第二人复核。',
  },
  'same-confirmer': { status: 403, en: 'Who entered the hours cannot countersign them.', zh: '登记人不得复核自己登记的时长。' },
  'confirmer-inside': {
    status: 403,
    en: 'The countersignature comes from outside the unit; you hold a post in {unit}.',
    zh: '复核人须在本单位之外；您在 {unit} 任职。',
  },
})
