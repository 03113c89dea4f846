import { courseClient, labNumber } from '../../course/course-client.ts';

/** `./lab solution NN`: open after passing, or with `--give-up`. */
export async function solution(
  number: string,
  { giveUp = false }: { readonly giveUp?: boolean },
): Promise<void> {
  const { markdown } = await courseClient().inCourse<{ markdown: string }>('solution', {
    lab: labNumber(number),
    give_up: giveUp,
  });
  console.log(markdown.trimEnd());
}
