// Help pages about the method: salience, clicks and edges, engines.

export const salience = {
  title: 'What salience is',
  lead: 'The model says where it looked before it says what it found.',
  sections: {
    map: {
      heading: 'A map for each word',
      body: [
        'A vision-language model has learned to tell whether a sentence fits an image. Asked about “a photo of a cup”, it compares the word cup with each patch of the image. GradCAM weighs these comparisons by how much they raise the answer: the result is the salience of the word.',
        'Salience is no mask. It is bright where the model looked, often on the most telling part only: the face of a dog, not its back.',
      ],
    },
    dropout: {
      heading: 'Several passes',
      body: [
        'After a pass the patches with the strongest salience are hidden, and the model is asked again. It must look at the rest of the thing. The sum of all passes covers more than the first, and Evidence shows each pass with what it hid.',
      ],
    },
    edges: {
      heading: 'From salience to a mask',
      body: [
        'The sum is blurred a little, each class gets its pixels, and the edges follow the colours of the photograph: a dense CRF by default, quick edges where time counts.',
      ],
    },
    presence: {
      heading: 'Is it there at all?',
      body: [
        'The match of a class is the model’s own answer to whether the sentence fits. A class under its threshold gets no mask on that image, and the class list shows by how much it missed.',
      ],
    },
  },
};

export const clicks = {
  title: 'Clicks and edges',
  lead: 'Salience knows what, a click model knows where it ends.',
  sections: {
    segment: {
      heading: 'Click to mask',
      body: [
        'Choose Segment and click on a thing; a click with the right button says “not this”. A dragged rectangle says how far it goes. Every click is a step that can be undone, and Enter makes the object.',
        'Without a click model the tool goes by the salience of the active class, where the image was run.',
      ],
    },
    refine: {
      heading: 'Crisp edges by themselves',
      body: [
        'Refine, beside Run, asks the click model about every mask that a run finds. Where it agrees with the salience, is sure and steady, its edge is taken; else the edge stays, and list, strip and report say why.',
        'One object per thing tells apart what touches. Accepted masks never change.',
      ],
    },
    zoom: {
      heading: 'Small things in large images',
      body: [
        'Segment sees the whole image at once. Zoom in and ask for a closer look: the model then sees only what you see.',
      ],
    },
    hand: {
      heading: 'By hand',
      body: [
        'The brush paints and the eraser takes away. The polygon takes a point for each click and a line for a drag, follows an edge of the photograph with Ctrl, and shares the border of a neighbour with Alt. The wand and fill take what has the same colour.',
        'What you leave unfinished waits with its image, also after a crash.',
      ],
    },
    clean: {
      heading: 'Clean up many masks',
      body: [
        'Islands, holes, rough edges, too many points: each slider shows what it would change before you press. It works on the selection, on one image or on all masks of a class, and one undo takes all of it back.',
      ],
    },
  },
};

export const engines = {
  title: 'Engines compared',
  lead: 'Ways to get from words to masks, without training.',
  sections: {
    pnp: {
      heading: 'Salience',
      body: [
        'Asks a model that knows images and words where it looked for each class, several times. It gives the fullest evidence and takes the most time per class.',
      ],
    },
    naclip: {
      heading: 'Similarity',
      body: [
        'Compares each patch of the image with each class, once. It is the quickest on many classes, and its maps have no passes.',
      ],
    },
    car: {
      heading: 'Rounds',
      body: [
        'Shows each find to a judge and drops the names that the judge does not see. It is good where a long list of names is typed and few are there.',
      ],
    },
    compare: {
      heading: 'Side by side',
      body: [
        'Up to three engines on the open image, with their masks, their seconds and how far they agree. The one you like becomes the one in use.',
      ],
    },
    choose: {
      heading: 'Which one fits your images',
      body: [
        'Accept masks on some twenty images, then let Tune compare the engines on them: it holds these masks back and lists each engine with its agreement and its seconds.',
      ],
    },
  },
};
