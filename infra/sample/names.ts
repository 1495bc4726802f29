import type { Random } from './random.ts'

/** Made-up Chinese names: surnames in about the proportions in which they are common, and characters that given names are made of. */

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤'
const given = [
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红文辉建国',
  '子梓雨欣怡宇轩浩然诗涵佳琪梦瑶思远嘉懿俊熙一诺博文晨曦若彤语桐',
  '海波鹏飞志远春燕晓雪秋月冬梅天翔云帆景行知行书瑶安然星辰乐山青松',
].join('')

/** Most given names have two characters. */
export const nameFrom = (random: Random): string => {
  // The square makes the first surnames common and the last ones rare.
  const surname = surnames[Math.floor(random.share() ** 2 * surnames.length)] as string
  const first = given[random.below(given.length)] as string
  if (random.share() < 0.14) return surname + first
  const second = given[random.below(given.length)] as string
  return surname + first + second
}
