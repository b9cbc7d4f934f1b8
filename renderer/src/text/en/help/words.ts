// The help page of words: each means one thing, in the window, on the command line and in the files.

export const words = {
  title: 'Words used here',
  lead: 'Each word means one thing, in the window, on the command line and in the files.',
  sections: {
    salience: {
      heading: 'Salience',
      body: ['Where the model looked for a word: a map over the image, 0 to 1.'],
    },
    pass: {
      heading: 'Pass',
      body: ['One question to the model. Each pass hides what the ones before it looked at most.'],
    },
    share: {
      heading: 'Share',
      body: [
        'Part of a whole, as a percentage: of the image that a mask covers, or of the salience that a pass brought.',
      ],
    },
    match: {
      heading: 'Match',
      body: ['How well a class fits the image as a whole, 0 to 1, by the model’s own answer.'],
    },
    margin: {
      heading: 'Margin',
      body: [
        'By how much a class leads the next one inside its mask. A thin one makes a mask doubtful where nobody has looked how steady it is.',
      ],
    },
    steady: {
      heading: 'Not steady',
      body: [
        'How much of a mask changes when three settings change a little: threshold, colours and reach of the edges. Above 15 % a mask is doubtful, and more often wrong than one with a thin margin.',
      ],
    },
    threshold: {
      heading: 'Threshold',
      body: ['Salience that a pixel needs to belong to the class.'],
    },
    head: {
      heading: 'Layer and head',
      body: [
        'Places inside the model where words and patches are compared. Some heads find things better than others.',
      ],
    },
    window: {
      heading: 'Window',
      body: [
        'A part of a large image that Similarity looks at by itself; the windows are joined afterwards.',
      ],
    },
    round: {
      heading: 'Round',
      body: [
        'One turn of Rounds: masks for the names that are left, and the judge’s answer to each.',
      ],
    },
    judge: {
      heading: 'Judge',
      body: ['A CLIP model that is shown a find and says which name fits it.'],
    },
    proposal: {
      heading: 'Proposal',
      body: [
        'A mask from the model that nobody has decided on. It is dashed, and it is not exported unless you ask.',
      ],
    },
    reviewed: {
      heading: 'Reviewed',
      body: ['You say that everything on this image is decided.'],
    },
    run: {
      heading: 'Run',
      body: [
        'One answer of the model on one image, with its maps. Thresholds move on it without the model.',
      ],
    },
    job: {
      heading: 'Job',
      body: ['Work on many images: a batch, a tuning, a benchmark. It goes on after a restart.'],
    },
    pack: {
      heading: 'Pack',
      body: ['A model made ready for this program: graphs, words and settings, with checksums.'],
    },
  },
};
