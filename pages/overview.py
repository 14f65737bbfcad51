"""Where does the city stand?"""

from datetime import date

from components.controls import address, show
from components.figures.drawing.frame import card, page_of_cards, titled_card
from components.figures.drawing.markup import markup
from components.figures.registry import draw_for_page, has_figure
from components.figures.sections.overview import progress_sentences, source_ages, thumbnail
from components.text.strings import text
from components.view import View
from data.dataset import load

view = address.latest()
dataset = load()

page = page_of_cards(
    title=text(view.lang, "overview.title"),
    lead=(text(view.lang, "overview.lead"), *progress_sentences(view, dataset)),
    beside=thumbnail(View(lang=view.lang), dataset),
    cards=[
        *(
            card(draw_for_page(name, view, dataset))
            for name in ("gaps", "wage", "schools", "moves")
            if has_figure(name, view, dataset)
        ),
        titled_card(text(view.lang, "overview.sources"), source_ages(view, dataset, date.today())),  # noqa: DTZ011 - ages are whole days
    ],
    lang=view.lang,
)
show.block(markup(page), "overview")
